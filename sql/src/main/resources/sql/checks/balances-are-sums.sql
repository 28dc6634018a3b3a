-- What a grant is said to hold is the sum of its movements.
select 'grant ' || g.key || ' is said to hold ' || coalesce(b.balance::text, 'nothing') || ', its movements are '
         || coalesce(m.amount, 0) as finding
  from wallet_grant g
  left join credit_balance b on b.grant_id = g.id
  left join (select grant_id, sum(amount) as amount from wallet_movement group by grant_id) m on m.grant_id = g.id
 where coalesce(b.balance, 0) <> coalesce(m.amount, 0)
 order by 1
