-- The movements of a wallet's grants with the wallet's balance after each, the latest first: what each
-- was for, and when, if it was a request. A request may move several
-- grants. Times in UTC.
select h.moved_no, h.at, h.what, h.reference, h.grant, h.amount, h.balance, h.reason
  from (
    select m.moved_no, to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
           m.kind as what, coalesce(e.key, m.reference) as reference, g.key as grant,
           m.amount, sum(m.amount) over (order by m.moved_no) as balance, m.reason
      from wallet_movement m
      join wallet_grant g on g.id = m.grant_id
      join wallet w on w.id = g.wallet_id
      join customer c on c.id = w.customer_id
      left join wallet_entry e on e.id = m.entry_id
     where c.key = :customer and w.unit = :unit) h
 order by h.moved_no desc
 limit :limit
