-- What is sold, and to whom. catalog_entry holds what was declared, append-only; the other tables
-- are its resolved form, which the jobs join with.

create extension if not exists btree_gist;

-- A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits.
create function uuid_v7() returns uuid language sql volatile as $$
  select encode(
      set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
                  placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                  from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
$$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation';
end
$$;

create table catalog_entry (
  kind         text        not null check (kind in ('format', 'meter', 'plan', 'customer', 'contract', 'wallet')),
  key          text        not null,
  revision     int         not null check (revision > 0),
  definition   jsonb       not null,
  reprice_from date,
  file_name    text        not null,
  applied_at   timestamptz not null default clock_timestamp(),
  primary key (kind, key, revision)
);
create trigger append_only before update or delete on catalog_entry
  for each row execute function refuse_change();

create table meter (
  key              text    primary key,
  record_type      text    not null,
  unit             text    not null,
  factor_numerator numeric not null check (factor_numerator > 0),
  factor_divisor   numeric not null check (factor_divisor > 0),
  attribution      text    not null check (attribution in ('start', 'end'))
);

create table customer (
  id       uuid    primary key default uuid_v7(),
  key      text    not null unique,
  name     text    not null,
  currency char(3) not null,
  -- Decimals of the currency's smallest unit.
  minor_units int  not null check (minor_units between 0 and 4),
  zone     text    not null,
  -- Which of 1,024 shares of the work a customer belongs to; partitions are ranges of shards.
  shard    int     not null generated always as ((hashtext(key) & 2147483647) % 1024) stored
);
create index customer_shard on customer (shard, id);

create table subject (
  subject     text primary key,
  customer_id uuid not null references customer
);
create index subject_customer on subject (customer_id);

create table terms (
  id         uuid  primary key default uuid_v7(),
  sha256     text  not null unique,
  definition jsonb not null
);
create trigger append_only before update or delete on terms
  for each row execute function refuse_change();

create table contract (
  id          uuid        primary key default uuid_v7(),
  customer_id uuid        not null references customer,
  key         text        not null unique,
  starts      timestamptz not null,
  ends        timestamptz,
  anchor      date        not null,
  check (ends is null or starts < ends)
);
create index contract_customer on contract (customer_id);

create table contract_item (
  id             uuid        primary key default uuid_v7(),
  customer_id    uuid        not null references customer,
  contract_id    uuid        not null references contract,
  key            text        not null,
  -- Null for a fee.
  meter_key      text        references meter,
  cadence        text        not null,
  is_in_advance  boolean     not null,
  -- The end of the last service period that was opened; the contract's start at first.
  opened_through timestamptz not null,
  unique (contract_id, key)
);
create index contract_item_customer on contract_item (customer_id);

-- The terms of an item for service periods that start at or after valid_from; the highest revision
-- of the latest valid_from wins.
create table item_terms (
  customer_id uuid        not null references customer,
  item_id     uuid        not null references contract_item,
  valid_from  timestamptz not null,
  revision    int         not null check (revision > 0),
  terms_id    uuid        not null references terms,
  primary key (item_id, valid_from, revision)
);
create trigger append_only before update or delete on item_terms
  for each row execute function refuse_change();
