-- In every series the numbers are 1 to its last, without a hole.
select s.key || ' counts to ' || s.last || ', numbers given: ' || count(i.sequence) || ', the last '
         || coalesce(max(i.sequence), 0) as finding
  from invoice_series s
  left join invoice i on i.series = s.key
 group by s.key
having count(i.sequence) <> s.last or coalesce(max(i.sequence), 0) <> s.last
 order by 1
