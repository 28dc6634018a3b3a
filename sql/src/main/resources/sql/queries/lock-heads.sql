-- The heads of some customers' chains, locked until the transaction ends, in the order of their ids, so
-- that two who lock them wait for each other.
select customer_id, entries, hash
  from ledger_head
 where customer_id = any (:customers)
 order by customer_id
   for update
