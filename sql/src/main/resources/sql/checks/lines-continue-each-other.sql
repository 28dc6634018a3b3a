-- The lines of one (item, service period, category) are numbered 1, 2, …, and each starts from the
-- sum of those before it.
select 'line ' || l.invoice_id || '/' || l.line_no || ' is the ' || l.n || '. of its period, numbered '
         || l.sequence || ', and starts from ' || l.invoiced_before || ' where ' || l.before
         || ' was invoiced' as finding
  from (select l.*, row_number() over w as n,
               coalesce(sum(l.amount) over (partition by l.item_id, l.starts, l.category
                                            order by l.sequence
                                            rows between unbounded preceding and 1 preceding), 0) as before
          from invoice_line l
        window w as (partition by l.item_id, l.starts, l.category order by l.sequence)) l
 where l.sequence <> l.n or l.invoiced_before <> l.before
 order by 1
