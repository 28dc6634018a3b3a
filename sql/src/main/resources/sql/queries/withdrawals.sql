-- The first withdrawal of one record by its identity, or of records of a file, and how many records
-- were withdrawn in all; no row if none was.
select w.reason, w.withdrawn_at, count(*) over () as records
  from withdrawal w
 where (w.batch_id, w.line_no) = (select i.batch_id, i.line_no from usage_identity i
                                   where i.source = :source and i.id = :id)
    or w.batch_id in (select b.id from intake_batch b where b.file_id = :file::uuid)
 order by w.withdrawn_in, w.batch_id, w.line_no
 limit 1
