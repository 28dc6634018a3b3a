-- What customers' requests have to do with: the entries under their keys and holds whose time is over
-- at :at, the first five hundred of each, and the entries about those, in the order in which they were
-- settled; with each what it moved, in that order, and what the grant holds now. A row a move, one
-- without for an entry that moved nothing. By wallet_entry_request, open_hold_expires,
-- wallet_entry_about and wallet_movement_entry.
with named as materialized (
  select e.id
    from unnest(:owners::uuid[], :keys::text[]) as k (customer_id, key)
    join wallet_entry e on e.customer_id = k.customer_id and e.key = k.key
   union
  select h.entry_id
    from unnest(:customers::uuid[]) as c (id)
   cross join lateral (
           select entry_id from open_hold
            where customer_id = c.id and expires <= :at order by expires limit 500) h
), entry as (
  select id from named
   union
  select e.id from wallet_entry e where e.about_id in (select id from named)
)
select e.customer_id, e.id as entry_id, e.kind as entry, e.key as entry_key, e.about_id, e.units,
       e.amount as entry_amount, e.at, e.expires as entry_expires, e.details ->> 'overage' as overage,
       m.kind as move, m.amount as moved, w.unit, g.id, g.key, g.kind, g.priority, g.effective,
       g.expires, coalesce(g.created, g.effective) as created, g.items, g.amount, g.kept_min, g.kept_max, b.balance
  from entry n
  join wallet_entry e on e.id = n.id
  left join wallet_movement m on m.entry_id = e.id
  left join wallet_grant g on g.id = m.grant_id
  left join wallet w on w.id = g.wallet_id
  left join credit_balance b on b.grant_id = g.id
 order by e.settled_no, m.moved_no
