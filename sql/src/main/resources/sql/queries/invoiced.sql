-- What was invoiced before for the due service periods of a chunk of customers, by category.
select l.item_id, l.starts, l.category, count(*) as lines, sum(l.amount) as amount
  from service_period p
  join invoice_line l on l.item_id = p.item_id and l.starts = p.starts
 where p.customer_id = any (:customers) and not p.is_settled
 group by l.item_id, l.starts, l.category
