-- The next customers of a partition with an item whose following service period has begun by as-of, or
-- may be invoiced before it begins.
select distinct c.id
  from customer c
  join run_as_of z on z.run_id = :run and z.zone = c.zone
  join contract_item i on i.customer_id = c.id
  join contract k on k.id = i.contract_id
 where c.shard >= :shardFrom and c.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
   and (i.opened_through <= z.as_of
        or i.is_in_advance and i.covers is null and k.billing_cadence is not null)
   and (k.ends is null or i.opened_through < k.ends)
   and c.id > :after
 order by c.id
 limit :limit
