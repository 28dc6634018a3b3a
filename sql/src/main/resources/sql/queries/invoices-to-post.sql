-- The numbered invoices of a chunk of payers that are not in the books, in their order, with what their
-- entry needs. A consolidated invoice is known by its payer, another by its contract, a
-- statement of credits by its unit too. What is not drawn of a statement is converted to money.
select i.id, i.customer_id,
       case i.series when 'CS' then 'statement/' || i.currency || '/' else '' end
         || coalesce('invoice/' || k.key, 'consolidated/' || c.key) as document, i.issue_date, i.currency,
       1 + (select count(*)
              from invoice j join journal_entry e on e.invoice_id = j.id
             where j.customer_id = i.customer_id and j.issue_date = i.issue_date
               and j.currency = i.currency and j.contract_id is not distinct from i.contract_id) as ordinal,
       l.billed, l.credited, coalesce(d.paid, 0) as paid, coalesce(d.promotional, 0) as promotional,
       coalesce(d.owed, 0) as owed, i.converted
  from invoice i
  join customer c on c.id = i.customer_id
  left join contract k on k.id = i.contract_id
  join lateral (
         select coalesce(sum(l.amount) filter (where l.amount > 0), 0)  as billed,
                coalesce(-sum(l.amount) filter (where l.amount < 0), 0) as credited
           from invoice_line l where l.invoice_id = i.id) l on true
  join lateral (
         select sum(d.amount) filter (where g.kind = 'paid')        as paid,
                sum(d.amount) filter (where g.kind = 'promotional') as promotional,
                sum(d.amount) filter (where g.kind = 'overdraft')   as owed
           from (select invoice_id, grant_id, amount from invoice_drawdown
                  union all
                 select invoice_id, grant_id, amount from invoice_repayment) d
           join wallet_grant g on g.id = d.grant_id
          where d.invoice_id = i.id) d on true
 where i.run_id = :run and i.sequence is not null and i.customer_id = any (:payers)
   and not exists (select from journal_entry e where e.invoice_id = i.id)
 order by i.customer_id, i.series, i.sequence
