-- The next customers of a partition.
select c.id
  from customer c
 where c.shard >= :shardFrom and c.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
   and c.id > :after
   and exists (select from run_as_of z where z.run_id = :run)
 order by c.id
 limit :limit
