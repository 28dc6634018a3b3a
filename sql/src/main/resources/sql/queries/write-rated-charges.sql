-- Replaces the prices of service periods and notes that they are up to date.
with charge as (
  select *
    from unnest(:customers, :items, :starts::text[]::timestamptz[],
                :quantities::text[]::numeric[], :nets::text[]::numeric[], :terms)
      as c (customer_id, item_id, starts, quantity, net, terms_id)
), rated as (
  insert into rated_charge (customer_id, item_id, starts, quantity, net, terms_id, run_id)
  select c.customer_id, c.item_id, c.starts, c.quantity, c.net, c.terms_id, :run
    from charge c
      on conflict (item_id, starts) do update
     set quantity = excluded.quantity, net = excluded.net,
         terms_id = excluded.terms_id, run_id = excluded.run_id
)
update service_period p
   set is_rated = true
  from charge c
 where p.item_id = c.item_id and p.starts = c.starts
