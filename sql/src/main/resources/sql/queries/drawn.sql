-- The credit drawn before for the due service periods of a chunk of customers, oldest first and in
-- the order it was drawn.
select l.item_id, l.starts, l.category, d.grant_id, d.amount
  from service_period p
  join invoice_line l on l.item_id = p.item_id and l.starts = p.starts
  join invoice_drawdown d on d.invoice_id = l.invoice_id and d.line_no = l.line_no
  join wallet_grant g on g.id = d.grant_id
 where p.customer_id = any (:customers) and not p.is_settled
 order by l.item_id, l.starts, l.category, l.sequence, g.priority, g.expires, g.effective, g.key
