-- The open holds on a wallet, the first to expire first; times in UTC.
select e.key, e.amount, -sum(m.amount) as held,
       to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
       to_char(e.expires at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as expires
  from open_hold h
  join wallet_entry e on e.id = h.entry_id
  join wallet_movement m on m.entry_id = e.id and m.kind = 'hold'
  join wallet_grant g on g.id = m.grant_id
  join wallet w on w.id = g.wallet_id
  join customer c on c.id = w.customer_id
 where c.key = :customer and w.unit = :unit
 group by e.id
 order by e.expires, e.key
