-- Numbers a run's drafts without a gap, by issue date, payer, contract and currency. A total below
-- zero makes a credit note; what is drawn up in credits is a statement of them. The caller holds the rows of invoice_series.
with numbered as (
  select i.id, s.key as series,
         s.last + row_number() over (
           partition by s.key
           order by i.issue_date, c.key collate "C", k.key collate "C", i.currency) as sequence
    from invoice i
    join customer c on c.id = i.customer_id
    left join contract k on k.id = i.contract_id
    join invoice_series s
      on s.key = case when i.currency <> c.currency then 'CS' when i.total < 0 then 'CN' else 'INV' end
   where i.run_id = :run and i.sequence is null
), advanced as (
  update invoice_series s
     set last = n.last
    from (select series, max(sequence) as last from numbered group by series) n
   where s.key = n.series
)
update invoice i
   set series = n.series, sequence = n.sequence
  from numbered n
 where n.id = i.id
