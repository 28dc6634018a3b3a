-- Notes how far the customers of a partition are metered now.
insert into metered_through (customer_id, cutoff, as_of, run_id)
select c.id, :cutoff, z.as_of, :run
  from customer c
  join run_as_of z on z.run_id = :run and z.zone = c.zone
 where c.shard >= :shardFrom and c.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
    on conflict (customer_id) do update
   set cutoff = excluded.cutoff, as_of = excluded.as_of, run_id = excluded.run_id
 where metered_through.cutoff <= excluded.cutoff and metered_through.as_of <= excluded.as_of
