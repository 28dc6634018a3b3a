-- What a customer's grants hold: those that hold something, overdrafts, and those in `grants`. By
-- credit_balance_wallet.
select w.unit, g.id, g.key, g.kind, g.priority, g.effective, g.expires,
       coalesce(g.created, g.effective) as created, g.items, g.amount, coalesce(b.balance, 0) as balance
  from wallet w
  join wallet_grant g on g.wallet_id = w.id
  left join credit_balance b on b.grant_id = g.id
 where w.customer_id = :customer
   and (b.balance <> 0 or g.kind = 'overdraft' or g.id = any (:grants))
