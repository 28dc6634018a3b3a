-- The recurring grants of a wallet: what each gives, how often, and when next; times in UTC.
select r.key, r.kind, r.priority, r.amount, r.every,
       to_char(r.effective at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "from",
       to_char(nullif(r.expires, 'infinity') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "to",
       to_char(nullif(r.next_at, 'infinity') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as next,
       r.source, r.ended
  from recurring_grant r
  join wallet w on w.id = r.wallet_id
  join customer c on c.id = w.customer_id
 where c.key = :customer and w.unit = :unit
 order by r.priority, r.key
