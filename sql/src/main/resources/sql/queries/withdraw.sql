-- Withdraws one record by its identity, or all records of a file, as far as they are not withdrawn
-- yet: as a batch of its own, without lines, that the next run numbers. Of two at once, one has each
-- record.
with wanted as (
  select i.batch_id, i.line_no
    from usage_identity i
   where i.source = :source and i.id = :id
  union all
  select r.batch_id, r.line_no
    from intake_batch b
    join usage_record r on r.batch_id = b.id
   where b.file_id = :file::uuid
), counted as materialized (
  select w.batch_id, w.line_no
    from wanted w
   where not exists (
         select from withdrawal d where d.batch_id = w.batch_id and d.line_no = w.line_no)
), batch as (
  insert into intake_batch (first_line, last_line, comments, accepted, duplicate, filtered, suspended,
         quantity)
  select 1, 0, 0, 0, 0, 0, 0, 0
   where exists (select from counted)
  returning id
)
insert into withdrawal (batch_id, line_no, withdrawn_in, reason)
select c.batch_id, c.line_no, b.id, :reason
  from counted c
 cross join batch b
 order by c.batch_id, c.line_no
    on conflict (batch_id, line_no) do nothing
