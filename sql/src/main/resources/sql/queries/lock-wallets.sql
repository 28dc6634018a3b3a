-- The wallets of a customer, locked until the transaction ends, in the order of their ids, so that two
-- who lock them wait for each other.
select w.id, w.unit, w.floor, c.key as customer_key, c.zone
  from wallet w
  join customer c on c.id = w.customer_id
 where w.customer_id = :customer
 order by w.id
   for update of w
