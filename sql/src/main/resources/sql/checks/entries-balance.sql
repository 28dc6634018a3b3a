-- In every entry and unit, debits equal credits; an entry has postings.
select e.reference || ' is off balance by '
         || coalesce(sum(case p.side when 'debit' then p.amount else -p.amount end)::text, 'having no postings')
         as finding
  from journal_entry e
  left join posting p on p.entry_id = e.id
 group by e.id, p.unit
having sum(case p.side when 'debit' then p.amount else -p.amount end) is distinct from 0
 order by 1
