-- What the grants of a customer's wallets repaid, the latest last; negative where it went back to
-- them.
select m.amount as moved, g.id, g.key, g.kind, g.priority, g.effective, g.expires,
       coalesce(g.created, g.effective) as created, g.items, g.amount
  from wallet_grant g
  join wallet_movement m on m.grant_id = g.id and m.kind = 'repayment'
  join wallet_entry e on e.id = m.entry_id
 where g.customer_id = :customer and g.kind <> 'overdraft'
 order by e.settled_no, g.priority, g.expires, coalesce(g.created, g.effective), g.key
