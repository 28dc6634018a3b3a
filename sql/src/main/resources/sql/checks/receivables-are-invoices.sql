-- What the books say customers owe is the sum of their posted invoices less the credit on them.
select c.key || ' owes ' || coalesce(p.balance, 0) || ' in the books, ' || coalesce(i.due, 0)
         || ' by invoices' as finding
  from customer c
  left join (select e.customer_id,
                    sum(case p.side when 'debit' then p.amount else -p.amount end) as balance
               from posting p join journal_entry e on e.id = p.entry_id
              where p.account = 'RECEIVABLE'
              group by e.customer_id) p on p.customer_id = c.id
  left join (select i.customer_id, sum(i.total - i.credit) as due
               from invoice i
              where exists (select from journal_entry e where e.invoice_id = i.id)
              group by i.customer_id) i on i.customer_id = c.id
 where coalesce(p.balance, 0) <> coalesce(i.due, 0)
 order by 1
