-- What became of a line of a file, by the file's name or SHA-256; a row for each file of the name
-- that has the line. A line of a batch that is neither a record nor set aside holds no row: a
-- heading, a comment or a blank. Index intake_batch (file_id, first_line), then primary keys.
select f.name as file, f.sha256, :line::bigint as line, f.started_at as taken_in, b.id as batch,
       b.position,
       case when r.batch_id is not null then 'accepted'
            else coalesce(d.disposition, 'no row') end as disposition,
       d.reason, d.field, coalesce(d.message, r.source || '/' || r.id) as message, d.raw
  from intake_file f
  join intake_batch b on b.file_id = f.id and b.first_line <= :line and b.last_line >= :line
  left join usage_record r on r.batch_id = b.id and r.line_no = :line
  left join line_disposition d on d.batch_id = b.id and d.line_no = :line
 where f.name = :file or f.sha256 = lower(:file)
 order by f.started_at, f.sha256
