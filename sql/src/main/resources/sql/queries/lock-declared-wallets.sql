-- Locks some customers' wallets until the transaction ends, in the order of their ids.
select w.customer_id
  from unnest(:customers::text[], :units::text[]) as d (customer, unit)
  join customer c on c.key = d.customer
  join wallet w on w.customer_id = c.id and w.unit = d.unit
 order by w.id
   for update of w
