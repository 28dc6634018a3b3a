-- Wallets with what is available in them at an instant, what open holds have set aside, what is owed and
-- their floor; of one customer and in one unit unless these are empty.
select c.key as customer, w.unit,
       coalesce(sum(b.balance) filter (where g.effective <= :at and g.expires > :at), 0) as available,
       coalesce((select -sum(m.amount)
                   from open_hold h
                   join wallet_movement m on m.entry_id = h.entry_id and m.kind = 'hold'
                   join wallet_grant of on of.id = m.grant_id
                  where of.wallet_id = w.id), 0) as held,
       coalesce(-sum(b.balance) filter (where g.kind = 'overdraft'), 0) as owed, w.floor
  from wallet w
  join customer c on c.id = w.customer_id
  left join wallet_grant g on g.wallet_id = w.id
  left join credit_balance b on b.grant_id = g.id
 where (:customer = '' or c.key = :customer) and (:unit = '' or w.unit = :unit)
 group by c.key, w.id
 order by c.key collate "C", w.unit collate "C"
