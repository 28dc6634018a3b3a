-- The credits that a run's numbered invoices to a chunk of payers bill as owed, and that are not in the books yet,
-- with the wallet that owes them.
select l.customer_id, c.key as customer_key, c.zone, w.id as wallet_id, w.unit,
       'billed/' || k.key || '/' || t.key || '/' || (l.starts at time zone c.zone)::date as key,
       l.quantity, l.ends,
       (select max(z.as_of) from run_as_of z where z.run_id = i.run_id) as as_of
  from invoice i
  join invoice_line l on l.invoice_id = i.id and l.category = 'usage' and l.sequence = 1 and l.quantity > 0
  join contract_item t on t.id = l.item_id and t.owed_unit is not null
  join contract k on k.id = t.contract_id
  join customer c on c.id = l.customer_id
  join wallet w on w.customer_id = c.id and w.unit = t.owed_unit
 where i.run_id = :run and i.sequence is not null and i.customer_id = any (:payers)
   and not exists (select from journal_entry e where e.invoice_id = i.id)
 order by l.customer_id, w.unit, l.starts
