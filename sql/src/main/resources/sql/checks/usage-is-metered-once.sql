-- The quantity of every service period is what the usage records that belong to it come to, counted
-- anew up to where their customer is metered, without those withdrawn by then. A full scan of
-- usage_record, first of all with what was withdrawn (`offset 0`).
with found as (
  select i.id as item_id, p.starts, sum(metered_value(m.aggregation, m.value, r.quantity, r.starts, r.ends))
           as quantity, count(*) as records
    from (select u.batch_id, u.subject, u.type, u.starts, u.ends, u.quantity, u.dimensions,
                 w.position as withdrawn
            from usage_record u
            left join withdrawn w on w.batch_id = u.batch_id and w.line_no = u.line_no
          offset 0) r
    join intake_batch b on b.id = r.batch_id
    join owner s on s.subject = r.subject and r.starts >= s.starts and r.starts < s.ends
    join meter m on m.record_type = r.type and not m.is_recomputed
                and (m.dimensions = '{}' or r.dimensions @> m.dimensions)
    join contract_item i on i.customer_id = s.customer_id and i.meter_key = m.key
    join metered_through g on g.customer_id = s.customer_id and b.position <= g.cutoff
                          and s.assigned <= g.cutoff and (s.ended <= g.cutoff) is not true
   cross join lateral (select metered_at(m.attribution, r.starts, r.ends) as at) a
   cross join lateral (
         select p.starts, p.ends
           from service_period p
          where p.item_id = i.id and p.starts <= a.at
          order by p.starts desc
          limit 1) p
   where a.at < g.as_of and a.at < p.ends
     and (r.withdrawn <= g.cutoff) is not true
   group by i.id, p.starts
  union all
  select f.item_id, f.starts, f.quantity, f.records
    from (select array_agg(i.id order by i.id, p.starts)                      as items,
                 array_agg(p.starts order by i.id, p.starts)                  as starts,
                 array_agg(least(p.ends, g.as_of) order by i.id, p.starts)    as through,
                 array_agg(g.cutoff order by i.id, p.starts)                  as cutoffs
            from contract_item i
            join meter m on m.key = i.meter_key and m.is_recomputed
            join metered_through g on g.customer_id = i.customer_id
            join service_period p on p.item_id = i.id and p.starts < g.as_of) t
   cross join lateral metered(t.items, t.starts, t.through, t.cutoffs) f
)
select t.key || ' of ' || c.key || ' from ' || p.starts || ' holds ' || p.quantity || ' in '
         || p.records || ' records, its usage ' || coalesce(u.quantity, 0) || ' in ' || coalesce(u.records, 0)
         as finding
  from service_period p
  join contract_item t on t.id = p.item_id and t.meter_key is not null
  join customer c on c.id = p.customer_id
  left join found u on u.item_id = p.item_id and u.starts = p.starts
 where p.quantity <> coalesce(u.quantity, 0) or p.records <> coalesce(u.records, 0)
 order by 1
