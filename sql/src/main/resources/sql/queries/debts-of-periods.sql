-- Brings up to date what a chunk of customers owe on wallets, as the quantity of the service periods that bill
-- it: of all that are due and were never billed the last one, whatever item it is of, and none for the
-- others. What was repaid, forgiven or taken back by now is not billed, nor what is only held, nor what was
-- drawn after the period, by what began after it. Indexes contract_item_owed and open_hold_expires.
with due as (
  select p.item_id, p.starts, p.ends, i.customer_id, i.owed_unit,
         row_number() over (partition by i.customer_id, i.owed_unit
                                order by p.ends desc, p.starts desc, k.key collate "C", i.key collate "C") as n
    from contract_item i
    join contract k on k.id = i.contract_id
    join customer c on c.id = i.customer_id
    join run_as_of z on z.run_id = :run and z.zone = c.zone
    join service_period p on p.item_id = i.id and p.due_at <= z.as_of
   where i.customer_id = any (:customers) and i.owed_unit is not null
     and not exists (select from billed_span s where s.item_id = p.item_id and s.span @> p.starts)
), owed as (
  select d.item_id, d.starts,
         case when d.n > 1 then 0
              else greatest(coalesce(h.amount, 0) - b.balance + least(coalesce(l.amount, 0), 0), 0) end
           as quantity
    from due d
    join wallet w on w.customer_id = d.customer_id and w.unit = d.owed_unit
    join wallet_grant g on g.wallet_id = w.id and g.kind = 'overdraft'
    join credit_balance b on b.grant_id = g.id
    left join lateral (
           select sum(m.amount) as amount
             from wallet_movement m
             join wallet_entry e on e.id = m.entry_id
             left join wallet_entry a on a.id = e.about_id
            where d.n = 1 and m.grant_id = g.id and m.kind not in ('repayment', 'reset')
              and coalesce(a.at, e.at) >= d.ends
              and not exists (select from open_hold o where o.entry_id = e.id)) l on true
    left join lateral (
           select sum(m.amount) as amount
             from open_hold o
             join wallet_movement m on m.entry_id = o.entry_id and m.grant_id = g.id
            where d.n = 1 and o.customer_id = d.customer_id) h on true
)
update service_period p
   set quantity = o.quantity, is_rated = false, is_settled = false
  from owed o
 where p.item_id = o.item_id and p.starts = o.starts and p.quantity <> o.quantity
