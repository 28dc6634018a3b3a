-- Business runs; Spring Batch's own tables are their engine room.

create table business_run (
  id            uuid        primary key default uuid_v7(),
  -- What people call it: run 12.
  run_no        bigint      not null generated always as identity unique,
  kind          text        not null check (kind in ('import', 'nightly', 'rate', 'reconcile')),
  -- Null for an import: usage has no business date of its own.
  as_of         date,
  -- 'all', or customer keys in ascending order, separated by commas; the SHA-256 of an import's file.
  scope         text        not null,
  number        int         not null check (number > 0),
  -- Why a period is run again; empty for its first run.
  reason        text        not null,
  state         text        not null check (state in ('requested', 'running', 'posted', 'failed', 'stopped')),
  message       text        not null default '',
  requested_at  timestamptz not null default clock_timestamp(),
  finished_at   timestamptz,
  cutoff        bigint,
  output_hash   text,
  manifest      jsonb,
  unique nulls not distinct (kind, as_of, scope, number),
  check ((kind = 'import') = (as_of is null)),
  check (number = 1 or reason <> ''),
  check ((state = 'posted') = (manifest is not null))
);

-- The as-of instant of a run in each billing zone.
create table run_as_of (
  run_id uuid        not null references business_run,
  zone   text        not null,
  as_of  timestamptz not null,
  primary key (run_id, zone)
);

-- Where each due customer of a run ended; nobody disappears.
create table run_customer (
  run_id      uuid not null references business_run,
  customer_id uuid not null references customer,
  outcome     text not null check (outcome in ('drafted', 'posted', 'quarantined', 'nothing due')),
  reason      text not null default '',
  primary key (run_id, customer_id),
  check ((outcome = 'quarantined') = (reason <> ''))
);

create table control_total (
  run_id uuid    not null references business_run,
  name   text    not null,
  value  numeric not null,
  primary key (run_id, name)
);
