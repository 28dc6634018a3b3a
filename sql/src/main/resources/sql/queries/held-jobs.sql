-- The jobs among some keys of customers that credit was held for, or that were billed without, with the
-- price of then. By wallet_entry_request.
select e.customer_id, e.key, e.units, e.details ->> 'device' as device, e.details ->> 'metric' as metric,
       (e.details ->> 'price')::numeric as price,
       (e.details ->> 'secondsPerRun')::numeric as seconds_per_run
  from unnest(:owners::uuid[], :keys::text[]) as k (customer_id, key)
  join wallet_entry e on e.customer_id = k.customer_id and e.key = k.key and e.kind in ('hold', 'usage')
 where e.details ->> 'price' is not null
