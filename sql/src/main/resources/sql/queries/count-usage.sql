-- One row: the accepted records up to the cut-off, counted one by one up to where their customer is
-- metered and sorted into what became of each, by another way than meter.sql took. A record counts
-- once, however many items it feeds; `pairs` counts it once per item. It is withdrawn once its
-- customer is metered without it; one that belongs to nobody, or to somebody who was never metered,
-- at once. A full scan of usage_record, first of all with what was withdrawn (`offset 0`).
with record as (
  select bool_or(i.id is not null)                          as is_attributed,
         bool_or(t.at < g.as_of and b.position <= g.cutoff) as is_due,
         coalesce(bool_or(r.withdrawn <= coalesce(g.cutoff, :cutoff)), false) as is_withdrawn,
         count(i.id) filter (where t.at < g.as_of and b.position <= g.cutoff
                               and (r.withdrawn <= g.cutoff) is not true) as pairs
    from (select u.batch_id, u.line_no, u.subject, u.type, u.starts, u.ends, u.dimensions,
                 w.position as withdrawn
            from usage_record u
            left join withdrawn w on w.batch_id = u.batch_id and w.line_no = u.line_no
          offset 0) r
    join intake_batch b on b.id = r.batch_id and b.position <= :cutoff
    left join owner u on u.subject = r.subject and r.starts >= u.starts and r.starts < u.ends
                     and u.assigned <= :cutoff and (u.ended <= :cutoff) is not true
    left join customer c on c.id = u.customer_id
    left join metered_through g on g.customer_id = c.id
    left join meter m on m.record_type = r.type and (m.dimensions = '{}' or r.dimensions @> m.dimensions)
    left join lateral (select metered_at(m.attribution, r.starts, r.ends) as at) t on true
    left join contract k on k.customer_id = c.id
                        and t.at >= k.starts and (k.ends is null or t.at < k.ends)
    left join contract_item i on i.contract_id = k.id and i.meter_key = m.key
   group by r.batch_id, r.line_no
)
select count(*)                                                     as counted,
       count(*) filter (where is_withdrawn)                         as withdrawn,
       count(*) filter (where not is_withdrawn and is_attributed and is_due) as rated,
       count(*) filter (where not is_withdrawn and is_attributed and is_due is not true)
         as not_yet_due,
       count(*) filter (where not is_withdrawn and is_attributed is not true) as unattributed,
       coalesce(sum(pairs), 0)                                      as pairs
  from record
