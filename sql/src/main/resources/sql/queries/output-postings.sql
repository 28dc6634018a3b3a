-- The postings of a run for a chunk of customers, with natural keys only.
select e.customer_id, e.reference, e.entry_date, p.account, p.side, p.amount, p.unit
  from journal_entry e
  join posting p on p.entry_id = e.id
 where e.run_id = :run and e.customer_id = any (:customers)
 order by e.customer_id, e.chain_no, p.posting_no
