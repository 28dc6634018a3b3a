-- Per file: every physical line of a finished file is in exactly one batch, and the tables hold
-- what the batches say: records, and set-aside lines by disposition; and none that no batch speaks
-- of.
select f.name || ' has ' || f.lines || ' lines, its batches ' || coalesce(sum(b.last_line - b.first_line + 1), 0)
         as finding
  from intake_file f
  left join intake_batch b on b.file_id = f.id
 where f.finished_at is not null
 group by f.id
having f.lines <> coalesce(sum(b.last_line - b.first_line + 1), 0)
union all
select f.name || ' from line ' || b.first_line || ' counts ' || b.accepted || ' accepted, '
         || b.duplicate || ' duplicate, ' || b.filtered || ' filtered, ' || b.suspended
         || ' suspended; found ' || coalesce(r.accepted, 0) || ', ' || coalesce(d.duplicate, 0)
         || ', ' || coalesce(d.filtered, 0) || ', ' || coalesce(d.suspended, 0)
  from intake_batch b
  join intake_file f on f.id = b.file_id
  left join (select batch_id, count(*) as accepted, sum(quantity) as quantity
               from usage_record group by batch_id) r
    on r.batch_id = b.id
  left join (select batch_id,
                    count(*) filter (where disposition = 'duplicate') as duplicate,
                    count(*) filter (where disposition = 'filtered')  as filtered,
                    count(*) filter (where disposition = 'suspended') as suspended
               from line_disposition group by batch_id) d
    on d.batch_id = b.id
 where (b.accepted, b.duplicate, b.filtered, b.suspended, b.quantity)
         is distinct from
       (coalesce(r.accepted, 0), coalesce(d.duplicate, 0), coalesce(d.filtered, 0),
        coalesce(d.suspended, 0), coalesce(r.quantity, 0))
union all
select 'batch ' || l.batch_id || ' has lines, but there is no such batch'
  from (select batch_id from usage_record group by batch_id
        union
        select batch_id from line_disposition group by batch_id) l
 where not exists (select from intake_batch b where b.id = l.batch_id)
 order by 1
