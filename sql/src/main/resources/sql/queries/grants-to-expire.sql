-- The next grants that ended by as-of with credit left, when no service period that they could have
-- covered, of their customer or of another whom that one pays for, is still to be billed, and the run
-- reaches the grants' end for all of these customers. `returned` of a paid one's balance came back from
-- corrections and reversals after it had expired; the rest was never used. `times` counts the ends: a
-- grant can end again.
select g.id, g.key, g.customer_id, c.key as customer_key, g.kind, w.unit, sum(m.amount) as balance,
       1 + count(distinct m.run_id) filter (where m.kind in ('expiry', 'return')) as times,
       case g.kind when 'paid' then least(sum(m.amount), coalesce(sum(m.amount) filter (
         where m.kind = 'return'
            or m.amount > 0 and m.kind in ('drawdown', 'repayment') and back.as_of >= g.expires
            or m.amount > 0 and m.kind in ('reversal', 'repayment') and e.at >= g.expires), 0))
       else 0 end as returned
  from wallet_grant g
  join wallet w on w.id = g.wallet_id
  join customer c on c.id = g.customer_id
  join run_as_of z on z.run_id = :run and z.zone = c.zone
  join wallet_movement m on m.grant_id = g.id
  left join wallet_entry e on e.id = m.entry_id
  left join run_as_of back on back.run_id = m.run_id and back.zone = c.zone
 where g.expires <= z.as_of
   and (:scope = 'all' or c.key = any (string_to_array(:scope, ',')))
   and not exists (
         select from customer u
           join run_as_of uz on uz.run_id = :run and uz.zone = u.zone
          where u.payer_id = g.customer_id
            and (uz.as_of < g.expires or :scope <> 'all' and u.key <> all (string_to_array(:scope, ','))))
   and not exists (
         select from customer u
           join service_period p on p.customer_id = u.id and not p.is_settled
           join contract_item i on i.id = p.item_id
          where u.payer_id = g.customer_id
            and case when i.is_in_advance then p.starts >= g.effective and p.starts < g.expires
                     else p.ends > g.effective and p.ends <= g.expires end)
 group by g.id, w.id, c.id
having sum(m.amount) > 0
 order by c.key collate "C", g.key
 limit :limit
