-- The head of every customer's chain, in the order of the root over them.
select c.key, h.hash
  from ledger_head h
  join customer c on c.id = h.customer_id
 order by c.key collate "C"
