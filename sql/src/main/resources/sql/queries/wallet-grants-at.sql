-- What the grants of a wallet held at an instant, in burn order: those that had begun, with what is owed as
-- overdraft; times in UTC.
select g.key, g.kind, g.priority,
       to_char(nullif(g.effective, '-infinity') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "from",
       to_char(nullif(g.expires, 'infinity') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "to",
       g.amount, sum(m.amount) as "left"
  from movement_in_time m
  join wallet_grant g on g.id = m.grant_id
  join wallet w on w.id = g.wallet_id
  join customer c on c.id = w.customer_id
 where c.key = :customer and w.unit = :unit and m.at <= :at
 group by g.id
 order by g.priority, g.expires, coalesce(g.created, g.effective), g.key
