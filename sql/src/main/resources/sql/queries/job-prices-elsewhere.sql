-- Devices whose jobs are paid from another wallet of the customer. By wallet (customer_id, unit).
select d.device, w.unit
  from customer c
  join wallet w on w.customer_id = c.id and w.unit <> :unit
  join job_price p on p.wallet_id = w.id
 cross join unnest(p.devices) as d (device)
 where c.key = :customer and d.device = any (:devices::text[])
   and p.revision = (select max(l.revision) from job_price l where l.wallet_id = w.id)
 order by d.device
 limit 1
