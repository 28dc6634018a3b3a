-- Adds to the service periods of a partition what is new to this run: batches after the last
-- cut-off with an event time before as-of, and older batches with an event time between the last
-- as-of and this one; everything for a customer that was never metered. Takes from them what is
-- withdrawn by the cut-off, of what is new and, since the last cut-off, of what counted before: a
-- branch of its own, so that no record is looked up among the withdrawn ones. Batches are zone maps
-- over usage_record's primary key. Never-metered customers use usage_record_subject, all subjects in
-- one bitmap (`offset 0` keeps it so): each page of records is read once however many customers
-- begin, and the first reader of a page also writes it. `lateral` and `materialized` make sure that
-- usage is read once, also when PostgreSQL has no statistics of periods yet. A record that is split
-- touches all periods up to its last instant; what recompute-periods.sql finds anew is only marked
-- here.
with scope as materialized (
  select c.id as customer_id, z.as_of, m.cutoff as last_cutoff, m.as_of as last_as_of
    from customer c
    join run_as_of z on z.run_id = :run and z.zone = c.zone
    left join metered_through m on m.customer_id = c.id
   where c.shard >= :shardFrom and c.shard < :shardTo
     and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
), item as materialized (
  select s.as_of, s.last_cutoff, s.last_as_of, i.id as item_id, o.subject, o.starts as owned_from,
         o.ends as owned_to, m.record_type,
         m.attribution, m.aggregation, m.value, m.dimensions as wanted,
         case when m.attribution = 'split' then 'end' else m.attribution end as attribution_of_last
    from scope s
    join contract_item i on i.customer_id = s.customer_id
    join meter m on m.key = i.meter_key
    join owner o on o.customer_id = s.customer_id and o.assigned <= :cutoff
                and (o.ended <= :cutoff) is not true
), fresh as (
  select i.item_id, i.as_of, t.at, metered_at(i.attribution_of_last, r.starts, r.ends) as last,
         metered_value(i.aggregation, i.value, r.quantity, r.starts, r.ends) as value, 1 as records
    from intake_batch b
    join usage_record r on r.batch_id = b.id
    join item i on i.subject = r.subject and r.starts >= i.owned_from and r.starts < i.owned_to
               and i.record_type = r.type
               and (i.wanted = '{}' or r.dimensions @> i.wanted)
    cross join lateral (select metered_at(i.attribution, r.starts, r.ends) as at) t
   where b.position > :cutoffMin and b.position <= :cutoff
     and b.position > i.last_cutoff
  union all
  select i.item_id, i.as_of, t.at, metered_at(i.attribution_of_last, r.starts, r.ends) as last,
         metered_value(i.aggregation, i.value, r.quantity, r.starts, r.ends) as value, 1 as records
    from intake_batch b
    join usage_record r on r.batch_id = b.id
    join item i on i.subject = r.subject and r.starts >= i.owned_from and r.starts < i.owned_to
               and i.record_type = r.type
               and (i.wanted = '{}' or r.dimensions @> i.wanted)
    cross join lateral (select metered_at(i.attribution, r.starts, r.ends) as at) t
   where b.ends_max >= :asOfMin and b.starts_min <= :asOfMax and b.position <= :cutoff
     and b.position <= i.last_cutoff
     and metered_at(i.attribution_of_last, r.starts, r.ends) >= i.last_as_of
  union all
  select i.item_id, i.as_of, t.at, metered_at(i.attribution_of_last, r.starts, r.ends) as last,
         metered_value(i.aggregation, i.value, r.quantity, r.starts, r.ends) as value, 1 as records
    from (select u.batch_id, u.subject, u.type, u.starts, u.ends, u.quantity, u.dimensions
            from usage_record u
           where u.subject = any (array(select n.subject from item n where n.last_cutoff is null))
          offset 0) r
    join item i on i.subject = r.subject and r.starts >= i.owned_from and r.starts < i.owned_to
               and i.record_type = r.type
               and (i.wanted = '{}' or r.dimensions @> i.wanted)
    join intake_batch b on b.id = r.batch_id and b.position <= :cutoff
    cross join lateral (select metered_at(i.attribution, r.starts, r.ends) as at) t
  union all
  select i.item_id, i.as_of, t.at, metered_at(i.attribution_of_last, r.starts, r.ends) as last,
         -metered_value(i.aggregation, i.value, r.quantity, r.starts, r.ends) as value, -1 as records
    from withdrawn w
    join intake_batch b on b.id = w.batch_id
    join usage_record r on r.batch_id = w.batch_id and r.line_no = w.line_no
    join item i on i.subject = r.subject and r.starts >= i.owned_from and r.starts < i.owned_to
               and i.record_type = r.type
               and (i.wanted = '{}' or r.dimensions @> i.wanted)
    cross join lateral (select metered_at(i.attribution, r.starts, r.ends) as at) t
   where w.position <= :cutoff
     and (w.position > :cutoffMin or b.ends_max >= :asOfMin
          or exists (select from scope s where s.last_cutoff is null))
     and (i.last_cutoff is null or w.position > i.last_cutoff
          or metered_at(i.attribution_of_last, r.starts, r.ends) >= i.last_as_of)
), delta as materialized (
  select f.item_id, p.starts, sum(f.value) as quantity, sum(f.records) as records
    from fresh f
   cross join lateral (
         (select p.starts, p.ends
            from service_period p
           where p.item_id = f.item_id and p.starts <= f.at
           order by p.starts desc
           limit 1)
         union all
         select p.starts, p.ends
           from service_period p
          where p.item_id = f.item_id and p.starts > f.at and p.starts <= f.last) p
   where f.at < p.ends and f.at < f.as_of and p.starts < f.as_of
   group by f.item_id, p.starts
)
update service_period p
   set quantity   = p.quantity + d.quantity,
       records    = p.records + d.records,
       is_rated   = false,
       is_settled = false
  from delta d
 where d.item_id = p.item_id and d.starts = p.starts
