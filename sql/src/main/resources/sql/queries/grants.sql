-- Every grant of a chunk of payers with what is left of it. A grant that expired may still cover
-- what was used before; what breakage took is gone from its balance.
select g.customer_id, w.unit, w.id as wallet_id, w.version, g.id, g.key, g.kind, g.priority,
       g.effective, g.expires, g.items, coalesce(sum(m.amount), 0) as balance
  from wallet_grant g
  join wallet w on w.id = g.wallet_id
  left join wallet_movement m on m.grant_id = g.id
 where g.customer_id = any (:payers)
 group by g.id, w.id
 order by g.customer_id, w.unit, g.key
