-- Raw usage, as it came in. A batch is one intake transaction; batches, not rows, have positions.

create table intake_file (
  id          uuid        primary key default uuid_v7(),
  name        text        not null,
  sha256      text        not null unique,
  bytes       bigint      not null,
  format_key  text        not null,
  started_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  -- Physical lines, counted apart from the parser; known when the file has been read to its end.
  lines       bigint
);

create table intake_batch (
  id         bigint      generated always as identity primary key,
  file_id    uuid        not null references intake_file,
  first_line bigint      not null,
  last_line  bigint      not null,
  comments   bigint      not null,
  accepted   bigint      not null,
  duplicate  bigint      not null,
  filtered   bigint      not null,
  suspended  bigint      not null,
  quantity   numeric     not null,
  -- The time that the accepted records span; null when there are none.
  starts_min timestamptz,
  ends_max   timestamptz,
  -- Given by the first run that sees the batch committed; a run's cut-off is the greatest.
  position   bigint      unique,
  unique (file_id, first_line),
  check (last_line - first_line + 1 = comments + accepted + duplicate + filtered + suspended)
);
create index intake_batch_unnumbered on intake_batch (id) where position is null;

create table usage_identity (
  source   text   not null,
  id       text   not null,
  digest   bytea  not null,
  -- The line that brought it; the batch's row is written after the identities it won.
  batch_id bigint not null,
  line_no  bigint not null,
  primary key (source, id)
);
create trigger append_only before update or delete on usage_identity
  for each statement execute function refuse_change();

create table usage_record (
  batch_id   bigint      not null references intake_batch,
  line_no    bigint      not null,
  source     text        not null,
  id         text        not null,
  type       text        not null,
  subject    text        not null,
  starts     timestamptz not null,
  ends       timestamptz not null,
  quantity   numeric     not null,
  dimensions jsonb,
  primary key (batch_id, line_no),
  check (starts <= ends)
);
create index usage_record_subject on usage_record (subject, ends);
create trigger append_only before update or delete on usage_record
  for each statement execute function refuse_change();

-- Every line that did not become a record, and why.
create table line_disposition (
  batch_id    bigint not null references intake_batch,
  line_no     bigint not null,
  disposition text   not null check (disposition in ('duplicate', 'filtered', 'suspended')),
  reason      text   not null,
  field       text   not null,
  message     text   not null,
  -- Kept for suspended lines; what cannot be stored in it (NUL) is shown as U+FFFD.
  raw         text,
  primary key (batch_id, line_no),
  check ((disposition = 'suspended') = (raw is not null))
);
create trigger append_only before update or delete on line_disposition
  for each statement execute function refuse_change();
