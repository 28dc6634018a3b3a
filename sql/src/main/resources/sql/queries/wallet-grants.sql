-- The grants of a wallet with what is left of each, in burn order; times in UTC.
select g.key, g.kind, g.priority,
       to_char(g.effective at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "from",
       to_char(nullif(g.expires, 'infinity') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "to", g.amount,
       coalesce(b.balance, 0) as "left", g.source
  from wallet_grant g
  join wallet w on w.id = g.wallet_id
  join customer c on c.id = w.customer_id
  left join credit_balance b on b.grant_id = g.id
 where c.key = :customer and w.unit = :unit and g.kind <> 'overdraft'
 order by g.priority, g.expires, coalesce(g.created, g.effective), g.key
