-- The parts of a run's posted lines for a chunk of payers, with natural keys only.
select i.customer_id, k.key as contract_key, t.key as item_key, l.category, l.starts, l.sequence,
       p.key as part_key, p.quantity, p.unit_price, p.amount
  from invoice i
  join invoice_line l on l.invoice_id = i.id
  join contract_item t on t.id = l.item_id
  join contract k on k.id = t.contract_id
  join invoice_line_part p on p.invoice_id = l.invoice_id and p.line_no = l.line_no
 where i.run_id = :run and i.sequence is not null and i.customer_id = any (:customers)
 order by i.customer_id, i.id, l.line_no, p.part_no
