-- One row: the sums over what a run posted that must agree with each other.
select coalesce(l.exact, 0) as exact, coalesce(l.whole, 0) as whole, coalesce(l.residue, 0) as residue,
       coalesce(l.amount, 0) as amount, coalesce(p.debit, 0) as debit, coalesce(p.credit, 0) as credit,
       o.customers, o.customers_ended, o.customers_quarantined,
       (select coalesce(sum(r.net - coalesce(b.exact, 0)), 0)
          from service_period s
          join rated_charge r on r.item_id = s.item_id and r.starts = s.starts
          join contract_item i on i.id = s.item_id
          left join lateral (
                 select l.exact from invoice_line l
                  where l.item_id = s.item_id and l.starts = s.starts
                    and (l.category in ('usage', 'fee') or i.covers is not null)
                  order by l.sequence desc limit 1) b on true
         where not s.is_settled) as unbilled
  from (select sum(l.exact) as exact, sum(l.whole) as whole, sum(l.residue) as residue,
               sum(l.amount) filter (where i.series <> 'CS') as amount
          from invoice_line l
          join invoice i on i.id = l.invoice_id
         where i.run_id = :run and i.sequence is not null) l
 cross join (
        select sum(p.amount) filter (where p.side = 'debit')  as debit,
               sum(p.amount) filter (where p.side = 'credit') as credit
          from posting p
          join journal_entry e on e.id = p.entry_id
         where e.run_id = :run) p
 cross join (
        select count(*) as customers,
               count(*) filter (where o.outcome <> 'drafted')     as customers_ended,
               count(*) filter (where o.outcome = 'quarantined') as customers_quarantined
          from run_customer o
         where o.run_id = :run) o
