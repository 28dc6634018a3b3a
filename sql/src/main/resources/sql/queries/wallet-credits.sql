-- What the grants of some customers hold: those that hold something or
-- may be filled up, and overdrafts. By wallet_grant
-- (wallet_id, key) and the key of credit_balance.
select g.customer_id, w.unit, g.id, g.key, g.kind, g.priority, g.effective, g.expires,
       coalesce(g.created, g.effective) as created, g.items, g.amount, g.kept_min, g.kept_max, coalesce(b.balance, 0) as balance
  from wallet w
  join wallet_grant g on g.wallet_id = w.id
  left join credit_balance b on b.grant_id = g.id
 where w.customer_id = any (:customers) and (b.balance <> 0 or g.kind = 'overdraft' or g.kept_min > 0)
