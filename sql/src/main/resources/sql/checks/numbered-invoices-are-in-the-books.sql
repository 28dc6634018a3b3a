-- Every numbered invoice of a posted run has its entry, and every invoice entry its invoice.
select 'invoice ' || i.series || '-' || i.sequence || ' has no entry' as finding
  from invoice i
  join business_run r on r.id = i.run_id and r.state = 'posted'
 where i.sequence is not null
   and not exists (select from journal_entry e where e.invoice_id = i.id)
union all
select 'entry ' || e.reference || ' books a draft'
  from journal_entry e
  join invoice i on i.id = e.invoice_id and i.sequence is null
 order by 1
