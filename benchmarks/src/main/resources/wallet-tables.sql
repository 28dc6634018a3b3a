-- Tables as those of the wallets and the books, without their triggers and foreign keys.
create table bench_wallet (id int primary key, balance numeric not null, version bigint not null);
create table bench_entry (
  id uuid primary key default gen_random_uuid(),
  no bigint generated always as identity,
  wallet_id int not null, kind text not null, key text not null, about_id uuid,
  amount numeric not null, at timestamptz not null,
  unique (wallet_id, key, kind));
create index on bench_entry (about_id);
create table bench_movement (
  wallet_id int not null, kind text not null, reference text not null, amount numeric not null,
  entry_id uuid not null, no bigint generated always as identity,
  primary key (wallet_id, kind, reference));
create index on bench_movement (entry_id);
create table bench_journal (
  id uuid primary key default gen_random_uuid(),
  wallet_id int not null, chain_no bigint not null, reference text not null unique, hash text not null);
create table bench_posting (
  entry_id uuid not null, posting_no int not null, account text not null, side text not null,
  amount numeric not null, unit text not null, primary key (entry_id, posting_no));
create table bench_head (wallet_id int primary key, entries bigint not null, hash text not null);
insert into bench_wallet select n, 1000000, 0 from generate_series(1, 10000) n;
insert into bench_head select n, 0, repeat('0', 64) from generate_series(1, 10000) n;
vacuum analyze;
