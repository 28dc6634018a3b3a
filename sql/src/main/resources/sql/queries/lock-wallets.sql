-- The wallets of some customers, locked until the transaction ends, in the order of their ids, so that
-- two who lock them wait for each other.
select w.customer_id, w.id, w.unit, w.floor, c.key as customer_key, c.zone
  from wallet w
  join customer c on c.id = w.customer_id
 where w.customer_id = any (:customers)
 order by w.id
   for update of w
