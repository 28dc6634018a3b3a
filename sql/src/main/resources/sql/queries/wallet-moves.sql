-- What some entries moved, in burn order. By wallet_movement_entry.
select m.entry_id, m.kind as move, m.amount as moved, g.id, g.key, g.kind, g.priority, g.effective,
       g.expires, coalesce(g.created, g.effective) as created, g.items, g.amount
  from wallet_movement m
  join wallet_grant g on g.id = m.grant_id
 where m.entry_id = any (:entries)
 order by m.entry_id, g.priority, g.expires, coalesce(g.created, g.effective), g.key
