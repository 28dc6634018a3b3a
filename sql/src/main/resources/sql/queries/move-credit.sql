-- Takes the credit that a run's drafts draw out of its grants, and evens out what was repaid.
insert into wallet_movement (customer_id, grant_id, kind, reference, amount, run_id)
select i.customer_id, d.grant_id, 'drawdown', d.invoice_id || '/' || d.line_no, -d.amount, :run
  from invoice i
  join invoice_drawdown d on d.invoice_id = i.id
 where i.run_id = :run and i.sequence is null
union all
select i.customer_id, r.grant_id, 'repayment', 'repayment/' || r.invoice_id, -r.amount, :run
  from invoice i
  join invoice_repayment r on r.invoice_id = i.id
 where i.run_id = :run and i.sequence is null
