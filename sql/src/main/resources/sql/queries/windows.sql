-- What a meter says of all accepted records that are not withdrawn, attributed or not, in each window between two
-- neighbours of `bounds` and each group: what they come to in base units, the factor to the priced
-- unit, and how many have something in the window. A window without records has no row. A record that
-- is split counts in every window with what lies in it. `groups` are the values of the dimensions
-- `by`, in that order; `row_count` counts all rows, beyond the limit too. A batch without a position
-- comes after every cut-off.
--
-- Bounds come from the calendar of any zone, and the window of an instant is found among them by
-- bisection. `date_trunc` would not do: of a midnight that is there twice it takes the second, and in
-- a zone that moves by half an hour it puts the hour's start an hour back. Batches are zone maps over
-- usage_record's primary key; one subject is a range of usage_record_subject.
with bound as materialized (
  select :bounds::text[]::timestamptz[] as at
), used as (
  select m.aggregation, m.attribution, m.value, m.factor_numerator, m.factor_divisor, r.source, r.id,
         r.starts, r.ends, r.quantity, r.dimensions ->> m.dimension as distinct_by, t.at, t.last,
         case when cardinality(:by::text[]) = 0 then '{}'
         else array(select case n.name when 'subject' then r.subject
                                       when 'customer' then c.key
                                       else r.dimensions ->> n.name end
                      from unnest(:by::text[]) with ordinality as n (name, place)
                     order by n.place) end as groups
    from meter m
    join usage_record r on r.type = m.record_type
                       and (m.dimensions = '{}' or r.dimensions @> m.dimensions)
    join intake_batch b on b.id = r.batch_id
    left join owner s on s.subject = r.subject and r.starts >= s.starts and r.starts < s.ends
                     and s.assigned <= :cutoff and (s.ended <= :cutoff) is not true
    left join customer c on c.id = s.customer_id
    cross join lateral (
         select metered_at(m.attribution, r.starts, r.ends) as at,
                metered_at(case when m.attribution = 'split' then 'end' else m.attribution end,
                           r.starts, r.ends) as last) t
   where m.key = :meter
     and b.ends_max >= :from and b.starts_min < :to
     and coalesce(b.position, 9223372036854775807) <= :cutoff
     and r.ends >= :from and t.last >= :from and t.at < :to
     and (cardinality(:subjects::text[]) = 0 or r.subject = any (:subjects::text[]))
     and (cardinality(:customers::text[]) = 0 or c.key = any (:customers::text[]))
     and not exists (
           select from jsonb_each(:where::jsonb) w
            where (w.value @> to_jsonb(r.dimensions ->> w.key)) is not true)
     and not exists (
           select from withdrawn w
            where w.batch_id = r.batch_id and w.line_no = r.line_no
              and coalesce(w.position, 9223372036854775807) <= :cutoff)
), part as (
  select u.groups, w.window_no, u.aggregation, u.factor_numerator, u.factor_divisor, u.at, u.source,
         u.id, u.distinct_by,
         case when u.attribution = 'split'
         then metered_value(u.aggregation, u.value, u.quantity,
                greatest(u.starts, (select b.at from bound b)[w.window_no]),
                least(u.ends, (select b.at from bound b)[w.window_no + 1]))
         else metered_value(u.aggregation, u.value, u.quantity, u.starts, u.ends) end as value
    from used u
   cross join lateral generate_series(
           greatest(width_bucket(u.at, (select b.at from bound b)), 1),
           least(width_bucket(u.last, (select b.at from bound b)), cardinality(:bounds::text[]) - 1))
           as w (window_no)
)
select p.window_no, p.groups,
       metered_quantity(min(p.aggregation), sum(p.value), min(p.value), max(p.value),
         (array_agg(p.value order by p.at desc, p.source desc, p.id desc)
            filter (where p.aggregation = 'latest'))[1],
         count(distinct p.distinct_by) filter (where p.aggregation = 'unique_count')) as quantity,
       min(p.factor_numerator) as factor_numerator,
       min(p.factor_divisor) * case when min(p.aggregation) = 'avg' then count(*) else 1 end
         as factor_divisor,
       count(*) as records, count(*) over () as row_count
  from part p
 group by p.window_no, p.groups
 order by p.window_no, p.groups collate "C"
 limit :limit
