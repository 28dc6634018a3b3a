-- The next customers of a partition with a service period whose price is not up to date; index
-- service_period_unrated.
select distinct c.id
  from customer c
  join service_period p on p.customer_id = c.id and not p.is_rated
 where c.shard >= :shardFrom and c.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
   and c.id > :after
 order by c.id
 limit :limit
