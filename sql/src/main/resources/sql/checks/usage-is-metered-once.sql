-- The quantity of every service period is the sum of the usage records that belong to it, counted
-- anew up to where their customer is metered. A full scan of usage_record.
select t.key || ' of ' || c.key || ' from ' || p.starts || ' holds ' || p.quantity || ' in '
         || p.records || ' records, its usage ' || coalesce(u.quantity, 0) || ' in ' || coalesce(u.records, 0)
         as finding
  from service_period p
  join contract_item t on t.id = p.item_id and t.meter_key is not null
  join customer c on c.id = p.customer_id
  left join (
         select i.id as item_id, p.starts, sum(r.quantity) as quantity, count(*) as records
           from usage_record r
           join intake_batch b on b.id = r.batch_id
           join subject s on s.subject = r.subject
           join meter m on m.record_type = r.type
           join contract_item i on i.customer_id = s.customer_id and i.meter_key = m.key
           join metered_through g on g.customer_id = s.customer_id and b.position <= g.cutoff
          cross join lateral (
                  select case m.attribution
                         when 'end' then greatest(r.starts, r.ends - interval '1 microsecond')
                         else r.starts end as at) a
           join service_period p on p.item_id = i.id and a.at >= p.starts and a.at < p.ends
          where a.at < g.as_of
          group by i.id, p.starts) u
    on u.item_id = p.item_id and u.starts = p.starts
 where p.quantity <> coalesce(u.quantity, 0) or p.records <> coalesce(u.records, 0)
 order by 1
