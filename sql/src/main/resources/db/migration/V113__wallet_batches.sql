-- Requests on wallets by the file: what a job costs, and what became of each line.

-- Entries are looked up by the requests' keys, many at a time; holds by the time when they are over.
alter table wallet_entry drop constraint wallet_entry_customer_id_kind_key_key;
alter table wallet_entry add constraint wallet_entry_request unique (customer_id, key, kind);
create index open_hold_due on open_hold (expires);

-- What whoever asked wants to find with it again.
alter table wallet_entry add column details jsonb not null default '{}';

-- What jobs on some devices cost a customer. The latest for a wallet are in force; a hold keeps the
-- price it was made at.
create table job_price (
  id              uuid    primary key default uuid_v7(),
  -- Those that were set together have the same.
  revision        int     not null check (revision > 0),
  wallet_id       uuid    not null references wallet,
  devices         text[]  not null,
  metric          text    not null check (metric in ('shot', 'hour')),
  price           numeric not null check (price >= 0),
  seconds_per_run numeric not null check (seconds_per_run >= 0),
  -- The wallets that are drawn on, in this order.
  units           text[]  not null
);
create index job_price_wallet on job_price (wallet_id, revision);
create trigger append_only before update or delete on job_price
  for each row execute function refuse_change();
create trigger not_emptied before truncate on job_price
  for each statement execute function refuse_change();

alter table business_run drop constraint business_run_kind_check;
alter table business_run add constraint business_run_kind_check
  check (kind in ('import', 'nightly', 'rate', 'reconcile', 'settle'));
alter table business_run drop constraint business_run_check;
alter table business_run add constraint business_run_as_of_check
  check ((kind in ('import', 'settle')) = (as_of is null));

-- A file of requests; the run that settles it has its SHA-256 for a scope.
create table settled_file (
  run_id     uuid        primary key references business_run,
  name       text        not null,
  bytes      bigint      not null,
  -- The time at which its requests are made.
  started_at timestamptz not null
);

create table settled_line (
  run_id   uuid   not null references settled_file,
  line_no  bigint not null check (line_no > 0),
  -- A line is a header, a comment or empty, or it is a request.
  outcome  text   not null check (outcome in ('no_request', 'settled', 'repeated', 'refused', 'unreadable')),
  customer text,
  -- The request's key.
  key      text,
  -- Why it was refused or could not be read, and the line itself.
  reason   text,
  message  text,
  text     text,
  primary key (run_id, line_no),
  check ((outcome in ('refused', 'unreadable')) = (reason is not null)),
  check ((reason is null) = (message is null) and (reason is null) = (text is null))
);
create trigger append_only before update or delete on settled_line
  for each row execute function refuse_change();
create trigger not_emptied before truncate on settled_line
  for each statement execute function refuse_change();

-- The plan is kept by a session from the first time on, when the tables may be empty: it is to go by
-- their keys.
alter function keep_credit_balance() set enable_seqscan = off;

-- What was balanced stays so if what is added is: the postings that were there need not be read again,
-- which a plan from the time of an empty table would do as a whole.
create or replace function refuse_unbalanced_entry() returns trigger language plpgsql as $$
declare
  off record;
begin
  select a.entry_id, a.unit, sum(case a.side when 'debit' then a.amount else -a.amount end) as net
    into off
    from added a
   group by a.entry_id, a.unit
  having sum(case a.side when 'debit' then a.amount else -a.amount end) <> 0
   limit 1;
  if found then
    raise exception 'entry % is off balance by % %', off.entry_id, off.net, off.unit
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;
