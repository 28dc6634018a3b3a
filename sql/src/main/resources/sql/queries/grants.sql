-- Every grant of a chunk of payers in some units, with what is left of it. A grant that
-- expired may still cover what was used before; what breakage took is gone from its balance.
select g.customer_id, w.id as wallet_id, w.unit, w.version, w.floor, g.id, g.key, g.kind, g.priority, g.effective,
       g.expires, coalesce(g.created, g.effective) as created, g.items, g.amount, g.kept_min, g.kept_max,
       coalesce(b.balance, 0) as balance
  from wallet_grant g
  join wallet w on w.id = g.wallet_id
  left join credit_balance b on b.grant_id = g.id
 where g.customer_id = any (:payers) and w.unit = any (:units)
 order by g.customer_id, g.key
