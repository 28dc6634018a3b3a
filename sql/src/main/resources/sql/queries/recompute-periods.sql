-- Finds the quantity of those touched service periods of a partition anew whose meter cannot just
-- add new records to it: from all records up to the cut-off and before as-of.
with touched as (
  select array_agg(p.item_id order by p.item_id, p.starts)               as items,
         array_agg(p.starts order by p.item_id, p.starts)                as starts,
         array_agg(least(p.ends, z.as_of) order by p.item_id, p.starts)  as through,
         array_agg(:cutoff::bigint)                                      as cutoffs
    from service_period p
    join customer c on c.id = p.customer_id
    join run_as_of z on z.run_id = :run and z.zone = c.zone
    join contract_item i on i.id = p.item_id
    join meter m on m.key = i.meter_key and m.is_recomputed
   where c.shard >= :shardFrom and c.shard < :shardTo
     and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
     and not p.is_rated and p.starts < z.as_of
)
update service_period p
   set quantity = f.quantity,
       records  = f.records
  from touched t
 cross join lateral metered(t.items, t.starts, t.through, t.cutoffs) f
 where p.item_id = f.item_id and p.starts = f.starts
