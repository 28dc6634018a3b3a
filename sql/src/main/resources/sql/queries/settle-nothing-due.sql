-- Closes the due service periods of customers to whom there is nothing to bill.
with closed as (
  update service_period p
     set is_settled = true
    from customer c, run_as_of z
   where p.customer_id = any (:customers) and not p.is_settled and p.is_rated
     and c.id = p.customer_id and z.run_id = :run and z.zone = c.zone and p.due_at <= z.as_of
  returning p.customer_id, p.item_id, p.starts, p.ends
)
insert into billed_span (customer_id, item_id, span, run_id)
select c.customer_id, c.item_id, tstzrange(c.starts, c.ends), :run
  from closed c
 where not exists (
         select from billed_span s where s.item_id = c.item_id and s.span @> c.starts)
