-- One row: how far the customers of a partition are metered at least, and at most will be; bounds
-- that let meter.sql pass over whole batches. Customers that were never metered don't count.
select min(m.cutoff) as cutoff_min,
       min(m.as_of)  as as_of_min,
       max(z.as_of)  as as_of_max
  from customer c
  join run_as_of z on z.run_id = :run and z.zone = c.zone
  join metered_through m on m.customer_id = c.id
 where c.shard >= :shardFrom and c.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
