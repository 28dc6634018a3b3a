-- The credit left in a customer's wallets, and what is owed on them, is what the books say, paid credit
-- and presents apart; no grant is below zero; what numbered invoices drew is what left the grants.
select c.key || ' holds ' || coalesce(w.balance, 0) || ' ' || coalesce(w.unit, p.unit) || ' on '
         || coalesce(w.account, p.account) || ', the books ' || coalesce(p.balance, 0) as finding
  from (select g.customer_id, w.unit, k.account, sum(m.amount) as balance
          from wallet_movement m
          join wallet_grant g on g.id = m.grant_id
          join (values ('paid', 'CUSTOMER_CREDIT'), ('promotional', 'PROMOTIONAL_CREDIT'),
                       ('overdraft', 'OVERDRAFT')) as k (kind, account) on k.kind = g.kind
          join wallet w on w.id = g.wallet_id
         group by g.customer_id, w.unit, k.account) w
  full join (
        select e.customer_id, p.unit, p.account,
               sum(case p.side when 'credit' then p.amount else -p.amount end) as balance
          from posting p join journal_entry e on e.id = p.entry_id
         where p.account in ('CUSTOMER_CREDIT', 'PROMOTIONAL_CREDIT', 'OVERDRAFT')
         group by e.customer_id, p.unit, p.account) p
    on p.customer_id = w.customer_id and p.unit = w.unit and p.account = w.account
  join customer c on c.id = coalesce(w.customer_id, p.customer_id)
 where coalesce(w.balance, 0) <> coalesce(p.balance, 0)
   and not exists (
         select from invoice i where i.customer_id = c.id and i.sequence is not null
            and not exists (select from journal_entry e where e.invoice_id = i.id))
union all
select 'grant ' || g.key || ' is at ' || sum(m.amount)
  from wallet_movement m
  join wallet_grant g on g.id = m.grant_id
 group by g.id
having case g.kind when 'overdraft' then sum(m.amount) > 0 else sum(m.amount) < 0 end
union all
select 'grant ' || g.key || ' gave ' || coalesce(m.amount, 0) || ', invoices drew ' || coalesce(d.amount, 0)
  from wallet_grant g
  left join (select grant_id, -sum(amount) as amount from wallet_movement
              where kind = 'drawdown' group by grant_id) m on m.grant_id = g.id
  left join (select d.grant_id, sum(d.amount) as amount
               from invoice_drawdown d
               join invoice i on i.id = d.invoice_id and i.sequence is not null
              group by d.grant_id) d on d.grant_id = g.id
 where coalesce(m.amount, 0) <> coalesce(d.amount, 0)
 order by 1
