-- Brings the commitments of a chunk of customers up to date: the quantity of each of their service
-- periods is what the covered items cost in it, of each service period that starts in it and is due
-- or billed the price, rounded once. Index contract_item_commitment.
with spent as (
  select p.item_id, p.starts, coalesce(sum(round(r.net, c.minor_units)), 0) as quantity
    from contract_item i
    join customer c on c.id = i.customer_id
    join run_as_of z on z.run_id = :run and z.zone = c.zone
    join service_period p on p.item_id = i.id
    join contract_item o on o.contract_id = i.contract_id and o.key = any (i.covers)
    left join service_period q on q.item_id = o.id and q.starts >= p.starts and q.starts < p.ends
                              and (q.due_at <= z.as_of
                                   or exists (select from billed_span b
                                               where b.item_id = q.item_id and b.span @> q.starts))
    left join rated_charge r on r.item_id = q.item_id and r.starts = q.starts
   where i.customer_id = any (:customers) and i.covers is not null
   group by p.item_id, p.starts
)
update service_period p
   set quantity = s.quantity, is_rated = false, is_settled = false
  from spent s
 where p.item_id = s.item_id and p.starts = s.starts and p.quantity <> s.quantity
