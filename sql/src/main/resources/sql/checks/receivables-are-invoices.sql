-- What the books say customers owe in a currency is the sum of their posted invoices less the credit on
-- them, and in credits nothing; every line is on an invoice to who pays for the customer whose usage it is, of
-- that contract or of none.
select c.key || ' owes ' || coalesce(p.balance, 0) || ' ' || coalesce(p.unit, i.unit) || ' in the books, '
         || coalesce(i.due, 0) || ' by invoices' as finding
  from (select e.customer_id, p.unit,
               sum(case p.side when 'debit' then p.amount else -p.amount end) as balance
          from posting p join journal_entry e on e.id = p.entry_id
         where p.account = 'RECEIVABLE'
         group by e.customer_id, p.unit) p
  full join (
        select i.customer_id, i.currency as unit,
               sum(i.due) as due
          from invoice i
         where exists (select from journal_entry e where e.invoice_id = i.id)
         group by i.customer_id, i.currency) i
    on i.customer_id = p.customer_id and i.unit = p.unit
  join customer c on c.id = coalesce(p.customer_id, i.customer_id)
 where coalesce(p.balance, 0) <> coalesce(i.due, 0)
union all
select 'invoice ' || i.series || '-' || i.sequence || ' to ' || y.key || ' has a line of ' || c.key || ', '
         || k.key || ' on line ' || l.line_no as finding
  from invoice i
  join customer y on y.id = i.customer_id
  join invoice_line l on l.invoice_id = i.id
  join contract_item t on t.id = l.item_id
  join contract k on k.id = t.contract_id
  join customer c on c.id = t.customer_id
 where i.sequence is not null
   and (i.customer_id <> c.payer_id or l.customer_id <> c.id or i.contract_id <> k.id)
 order by 1
