-- Brings up to date what a chunk of customers owe on wallets, as the quantity of the service periods that bill
-- it: of each item the last one that is due and was never billed, those before it bill nothing. What is
-- repaid by now is not billed, nor what was drawn after the period. Index contract_item_owed.
with billing as (
  select distinct on (p.item_id) p.item_id, p.starts, p.ends, i.customer_id, i.owed_unit
    from contract_item i
    join customer c on c.id = i.customer_id
    join run_as_of z on z.run_id = :run and z.zone = c.zone
    join service_period p on p.item_id = i.id and p.due_at <= z.as_of
   where i.customer_id = any (:customers) and i.owed_unit is not null
     and not exists (select from billed_span s where s.item_id = p.item_id and s.span @> p.starts)
   order by p.item_id, p.starts desc
), owed as (
  select b.item_id, b.starts, greatest(least(-d.balance, coalesce(l.amount, 0) - d.balance), 0) as quantity
    from billing b
    join wallet w on w.customer_id = b.customer_id and w.unit = b.owed_unit
    join wallet_grant g on g.wallet_id = w.id and g.kind = 'overdraft'
    join credit_balance d on d.grant_id = g.id
    left join lateral (
           select sum(m.amount) as amount
             from wallet_movement m
             join wallet_entry e on e.id = m.entry_id and e.at >= b.ends
            where m.grant_id = g.id) l on true
)
update service_period p
   set quantity = o.quantity, is_rated = false, is_settled = false
  from owed o
 where p.item_id = o.item_id and p.starts = o.starts and p.quantity <> o.quantity
