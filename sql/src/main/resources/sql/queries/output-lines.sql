-- The posted lines of a run for a chunk of payers, with natural keys only.
select i.customer_id, i.contract_id is null as is_consolidated, c.key as customer_key,
       k.key as contract_key, i.issue_date, i.currency, t.key as item_key, l.category,
       l.starts, l.ends, l.sequence, l.quantity, l.unit, l.exact, l.whole, l.invoiced_before, l.amount
  from invoice i
  join invoice_line l on l.invoice_id = i.id
  join customer c on c.id = l.customer_id
  join contract_item t on t.id = l.item_id
  join contract k on k.id = t.contract_id
 where i.run_id = :run and i.sequence is not null and i.customer_id = any (:customers)
 order by i.customer_id, i.id, l.line_no
