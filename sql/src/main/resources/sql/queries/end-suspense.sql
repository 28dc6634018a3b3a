-- Ends the waiting of suspended lines that came back as `lines` of a batch: `origins` of the files
-- with these SHA-256; arrays, columns of one table. A line comes back once.
insert into suspense_end (batch_id, line_no, recycled_batch_id, recycled_line_no)
select d.batch_id, d.line_no, :batch, o.line_no
  from unnest(:files::text[], :origins::bigint[], :lines::bigint[]) as o (sha256, origin, line_no)
  join intake_file f on f.sha256 = o.sha256
  join intake_batch b on b.file_id = f.id and b.first_line <= o.origin and b.last_line >= o.origin
  join line_disposition d
    on d.batch_id = b.id and d.line_no = o.origin and d.disposition = 'suspended'
 order by o.line_no
    on conflict (batch_id, line_no) do nothing
