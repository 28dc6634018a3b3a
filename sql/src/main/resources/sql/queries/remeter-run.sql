-- What the usage says of every usage line that a run posted, or of one of its invoices, added up anew
-- from the records, with the run's as-of and cut-off; beside it what the line was computed with. Other parts of its full
-- period end where lines up to that run say.
select i.series, i.sequence as number, l.line_no, l.category, l.terms_id, i.currency,
       l.quantity as quantity_billed, l.exact, l.whole, l.starts, l.ends, p.full_starts, p.full_ends,
       c.zone, l.item_id, u.quantity, e.quantity as quantity_before,
       least(l.ends, z.as_of) as through, b.cutoff, k.rounding, c.key as customer_key, m.key as meter_key,
       replace(m.aggregation, '_', '-') as aggregation, m.unit as meter_unit,
       array(select s.starts from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_starts,
       array(select case when s.starts = l.starts then l.ends
                    else coalesce((select x.ends
                                     from invoice_line x
                                     join invoice v on v.id = x.invoice_id
                                     join business_run a on a.id = v.run_id and a.run_no <= b.run_no
                                    where x.item_id = s.item_id and x.starts = s.starts
                                      and x.category = 'usage'
                                    order by x.sequence desc limit 1), s.ends) end
               from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_ends,
       m.factor_numerator,
       m.factor_divisor * case when m.aggregation = 'avg' then greatest(u.records, 1) else 1 end
         as factor_divisor
  from business_run b
  join invoice i on i.run_id = b.id and i.sequence is not null
  join invoice_line l on l.invoice_id = i.id and l.category = 'usage'
  join contract_item t on t.id = l.item_id
  join contract k on k.id = t.contract_id
  join service_period p on p.item_id = l.item_id and p.starts = l.starts
  join meter m on m.key = t.meter_key
  join customer c on c.id = l.customer_id
  join run_as_of z on z.run_id = b.id and z.zone = c.zone
  cross join lateral metered(
         array[l.item_id], array[l.starts], array[least(l.ends, z.as_of)], array[b.cutoff]) u
  left join lateral (
         select sum(f.quantity) as quantity
           from (select array_agg(s.item_id order by s.starts)                 as items,
                        array_agg(s.starts order by s.starts)                  as starts,
                        array_agg(least(s.ends, z.as_of) order by s.starts)    as through,
                        array_fill(b.cutoff, array[count(*)::int])             as cutoffs
                   from service_period s
                  where t.is_continued and s.item_id = l.item_id and s.starts >= p.full_starts
                    and s.starts < l.starts) a
          cross join lateral metered(a.items, a.starts, a.through, a.cutoffs) f) e on true
 where b.id = :run and (:series = '' or i.series = :series and i.sequence = :sequence)
 order by i.series, i.sequence, l.line_no
