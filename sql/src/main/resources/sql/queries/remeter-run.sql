-- What the usage says of every usage line that a run posted, added up anew from the records, with
-- the run's as-of and cut-off; beside it what the line was computed with.
select i.series, i.sequence as number, l.line_no, l.category, l.terms_id, i.currency, l.quantity as quantity_billed,
       l.exact, l.whole, l.starts, l.ends, p.full_starts, p.full_ends, c.zone, m.factor_numerator, m.factor_divisor, coalesce(u.quantity, 0) as quantity
  from business_run b
  join invoice i on i.run_id = b.id and i.sequence is not null
  join invoice_line l on l.invoice_id = i.id and l.category = 'usage'
  join contract_item t on t.id = l.item_id
  join service_period p on p.item_id = l.item_id and p.starts = l.starts
  join meter m on m.key = t.meter_key
  join customer c on c.id = i.customer_id
  join run_as_of z on z.run_id = b.id and z.zone = c.zone
  left join lateral (
         select sum(r.quantity) as quantity
           from subject s
           join usage_record r on r.subject = s.subject and r.type = m.record_type
           join intake_batch a on a.id = r.batch_id and a.position <= b.cutoff
          where s.customer_id = c.id
            and case m.attribution
                when 'end' then greatest(r.starts, r.ends - interval '1 microsecond')
                else r.starts end between l.starts and least(l.ends, z.as_of) - interval '1 microsecond') u on true
 where b.id = :run
 order by i.series, i.sequence, l.line_no
