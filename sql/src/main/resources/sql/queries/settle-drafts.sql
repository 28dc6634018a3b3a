-- Closes the service periods that a run's drafts bill, and notes the time they were billed for. A payer
-- may have a draft for others in a run of whose scope the payer is not.
with closed as (
  update service_period p
     set is_settled = true
    from run_customer o, customer c, run_as_of z, business_run r
   where r.id = :run and (r.scope = 'all' or c.key = any (string_to_array(r.scope, ',')))
     and o.run_id = :run and o.outcome = 'drafted' and p.customer_id = o.customer_id
     and not p.is_settled and p.is_rated
     and c.id = p.customer_id and z.run_id = :run and z.zone = c.zone and p.due_at <= z.as_of
  returning p.customer_id, p.item_id, p.starts, p.ends
)
insert into billed_span (customer_id, item_id, span, run_id)
select c.customer_id, c.item_id, tstzrange(c.starts, c.ends), :run
  from closed c
 where not exists (
         select from billed_span s where s.item_id = c.item_id and s.span @> c.starts)
