-- Takes the credit that a run's drafts draw out of its grants.
insert into wallet_movement (customer_id, grant_id, kind, reference, amount, run_id)
select i.customer_id, d.grant_id, 'drawdown', d.invoice_id || '/' || d.line_no, -d.amount, :run
  from invoice i
  join invoice_drawdown d on d.invoice_id = i.id
 where i.run_id = :run and i.sequence is null
