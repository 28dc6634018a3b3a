-- The next customers of a partition with a service period whose price is not up to date, index
-- service_period_unrated, or with a commitment over several items or owed credits: what those cost falls
-- due as time goes by. Indexes contract_item_commitment and contract_item_owed.
select c.id
  from customer c
 where c.shard >= :shardFrom and c.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
   and c.id > :after
   and (exists (select from service_period p where p.customer_id = c.id and not p.is_rated)
        or exists (select from contract_item i where i.customer_id = c.id and i.covers is not null)
        or exists (select from contract_item i where i.customer_id = c.id and i.owed_unit is not null))
 order by c.id
 limit :limit
