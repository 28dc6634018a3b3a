-- The entries of a customer under some keys, and those about them, in the order in which they were
-- settled. By wallet_entry (customer_id, key, kind) and wallet_entry_about.
with named as materialized (
  select e.id, e.settled_no, e.kind, e.key, e.about_id, e.units, e.amount, e.at, e.expires
    from wallet_entry e
   where e.customer_id = :customer and e.key = any (:keys)
)
select id, settled_no, kind, key, about_id, units, amount, at, expires
  from named
 union
select e.id, e.settled_no, e.kind, e.key, e.about_id, e.units, e.amount, e.at, e.expires
  from wallet_entry e
 where e.about_id in (select id from named)
 order by settled_no
