-- What became of a line of a file, by the file's name or SHA-256; a row for each file of the name
-- that has the line. A line of a batch that is neither a record nor set aside holds no row: a
-- heading, a comment or a blank. `ended` is how the waiting of a suspended line ended, `was` the line of
-- another file that came back as this one. Index intake_batch (file_id, first_line), then primary keys.
select f.name as file, f.sha256, :line::bigint as line, f.started_at as taken_in, b.id as batch,
       b.position,
       case when r.batch_id is not null then 'accepted'
            else coalesce(d.disposition, 'no row') end as disposition,
       d.reason, d.field, coalesce(d.message, r.source || '/' || r.id) as message, d.raw, d.byte_offset,
       case when e.reason is not null then 'written off: ' || e.reason
            else 'came back as ' || ef.name || ' line ' || e.recycled_line_no end as ended, e.ended_at,
       wf.name || ' line ' || w.line_no as was
  from intake_file f
  join intake_batch b on b.file_id = f.id and b.first_line <= :line and b.last_line >= :line
  left join usage_record r on r.batch_id = b.id and r.line_no = :line
  left join line_disposition d on d.batch_id = b.id and d.line_no = :line
  left join suspense_end e on e.batch_id = b.id and e.line_no = :line
  left join intake_batch eb on eb.id = e.recycled_batch_id
  left join intake_file ef on ef.id = eb.file_id
  left join suspense_end w on w.recycled_batch_id = b.id and w.recycled_line_no = :line
  left join intake_batch wb on wb.id = w.batch_id
  left join intake_file wf on wf.id = wb.file_id
 where f.name = :file or f.sha256 = lower(:file)
 order by f.started_at, f.sha256
