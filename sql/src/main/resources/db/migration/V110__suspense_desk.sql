-- The suspense desk: where a suspended line stands in its file, and how its waiting ended.

-- Bytes of the unpacked text, in UTF-8, before the line; null for lines of before.
alter table line_disposition add column byte_offset bigint;
create index line_disposition_suspended on line_disposition (batch_id, line_no)
  where disposition = 'suspended';

-- The columns that the file's lines fall into, where the file itself says; null for files of before.
alter table intake_file add column columns text[];

create table suspense_end (
  batch_id          bigint      not null,
  line_no           bigint      not null,
  -- The line that it came back as, or why it was given up.
  recycled_batch_id bigint,
  recycled_line_no  bigint,
  reason            text        check (reason <> ''),
  ended_at          timestamptz not null default clock_timestamp(),
  primary key (batch_id, line_no),
  foreign key (batch_id, line_no) references line_disposition,
  check ((recycled_batch_id is null) = (recycled_line_no is null)),
  check ((recycled_batch_id is null) <> (reason is null))
);
create index suspense_end_recycled on suspense_end (recycled_batch_id, recycled_line_no);
create trigger append_only before update or delete on suspense_end
  for each statement execute function refuse_change();
create trigger not_emptied before truncate on suspense_end
  for each statement execute function refuse_change();

-- Suspended lines that wait.
create view waiting as
select d.batch_id, d.line_no, b.file_id, d.byte_offset, d.reason, d.field, d.message, d.raw
  from line_disposition d
  join intake_batch b on b.id = d.batch_id
 where d.disposition = 'suspended'
   and not exists (
         select from suspense_end e where e.batch_id = d.batch_id and e.line_no = d.line_no);
