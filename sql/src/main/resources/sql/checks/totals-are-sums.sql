-- An invoice's total is the sum of its lines, and a line's exact whole the sum of its parts.
select 'invoice ' || i.id || ' totals ' || i.total || ', its lines ' || coalesce(sum(l.amount), 0) as finding
  from invoice i
  left join invoice_line l on l.invoice_id = i.id
 group by i.id
having i.total <> coalesce(sum(l.amount), 0)
union all
select 'line ' || l.invoice_id || '/' || l.line_no || ' is exactly ' || l.exact || ', its parts '
         || coalesce(sum(p.amount), 0)
  from invoice_line l
  left join invoice_line_part p on p.invoice_id = l.invoice_id and p.line_no = l.line_no
 group by l.invoice_id, l.line_no
having l.exact <> coalesce(sum(p.amount), 0)
 order by 1
