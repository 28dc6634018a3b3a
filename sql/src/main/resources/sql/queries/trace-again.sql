-- The lines that brought a known identity once more: duplicates of it, and conflicts with it. No
-- index has their messages: a scan of line_disposition.
select f.name as file, f.sha256, d.line_no as line, d.disposition, d.reason
  from line_disposition d
  join intake_batch b on b.id = d.batch_id
  join intake_file f on f.id = b.file_id
 where d.disposition = 'duplicate' and d.message = :name
    or d.reason = 'conflict' and d.message = :name || :conflict
 order by f.started_at, f.sha256, d.line_no
