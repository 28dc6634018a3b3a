-- What the grants of customers' wallets repaid, the latest last; negative where it went back to them.
select g.customer_id, w.unit, m.amount as moved, g.id, g.key, g.kind, g.priority, g.effective, g.expires,
       coalesce(g.created, g.effective) as created, g.items, g.amount, g.kept_min, g.kept_max, b.balance
  from wallet w
  join wallet_grant g on g.wallet_id = w.id
  join wallet_movement m on m.grant_id = g.id and m.kind = 'repayment'
  join credit_balance b on b.grant_id = g.id
 where w.customer_id = any (:customers) and g.kind <> 'overdraft'
 order by m.moved_no
