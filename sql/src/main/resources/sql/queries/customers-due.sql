-- The next customers of a partition who get an invoice: a service period that they pay for, their own
-- or another customer's, fell due and was never billed, or is a part that was cut out of one. What
-- changed in periods billed before goes on the same invoice; it calls for one of its own only when the
-- contract has ended, so that no other will come; a commitment only if it costs something. The scope is of those whose usage it is. Indexes
-- customer_payer, service_period_unsettled and that of billed_span; `offset 0` keeps PostgreSQL from
-- reading all billed spans at once for it.
select distinct y.id
  from customer y
  join customer c on c.payer_id = y.id
  join run_as_of z on z.run_id = :run and z.zone = c.zone
  join service_period p on p.customer_id = c.id and not p.is_settled and p.due_at <= z.as_of
  join contract_item i on i.id = p.item_id
  join contract k on k.id = i.contract_id
 where y.shard >= :shardFrom and y.shard < :shardTo
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
   and y.id > :after
   and (k.ends <= z.as_of
        or not exists (
             select from billed_span s
              where s.item_id = p.item_id and s.span @> p.starts and lower(s.span) = p.starts
             offset 0)
           and (i.covers is null
                or exists (select from rated_charge r
                            where r.item_id = p.item_id and r.starts = p.starts and r.net <> 0)))
   and not exists (select from run_customer o where o.run_id = :run and o.customer_id = c.id)
 order by y.id
 limit :limit
