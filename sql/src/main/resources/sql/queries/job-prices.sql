-- The prices in force of jobs for some customers: a row a device. By wallet (customer_id, unit) and
-- job_price_wallet.
select w.customer_id, d.device, p.metric, p.price, p.seconds_per_run, p.units
  from wallet w
  join job_price p on p.wallet_id = w.id
 cross join unnest(p.devices) as d (device)
 where w.customer_id = any (:customers)
   and p.revision = (select max(l.revision) from job_price l where l.wallet_id = w.id)
 order by w.customer_id, d.device
