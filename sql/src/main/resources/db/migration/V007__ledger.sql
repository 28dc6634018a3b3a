-- The books. Entries of a customer form a hash chain, ordered by the customer's head.

create table ledger_head (
  customer_id uuid   primary key references customer,
  entries     bigint not null,
  hash        text   not null
);

create table journal_entry (
  id          uuid        primary key default uuid_v7(),
  customer_id uuid        not null references customer,
  chain_no    bigint      not null check (chain_no > 0),
  -- The natural key of the event: it is booked once.
  reference   text        not null unique,
  entry_date  date        not null,
  invoice_id  uuid        unique references invoice,
  run_id      uuid        references business_run,
  hash        text        not null,
  unique (customer_id, chain_no)
);
create trigger append_only before update or delete on journal_entry
  for each row execute function refuse_change();

create table posting (
  entry_id   uuid    not null references journal_entry,
  posting_no int     not null,
  account    text    not null,
  side       text    not null check (side in ('debit', 'credit')),
  amount     numeric not null check (amount > 0),
  unit       text    not null,
  primary key (entry_id, posting_no)
);
create trigger append_only before update or delete on posting
  for each row execute function refuse_change();

-- Over the new postings as a set: a row-level deferred trigger would cost many times as much. An
-- entry therefore comes with all of its postings in one statement.
create function refuse_unbalanced_entry() returns trigger language plpgsql as $$
declare
  off record;
begin
  select p.entry_id, p.unit, sum(case p.side when 'debit' then p.amount else -p.amount end) as net
    into off
    from posting p
   where p.entry_id in (select entry_id from added)
   group by p.entry_id, p.unit
  having sum(case p.side when 'debit' then p.amount else -p.amount end) <> 0
   limit 1;
  if found then
    raise exception 'entry % is off balance by % %', off.entry_id, off.net, off.unit
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger balanced after insert on posting
  referencing new table as added for each statement execute function refuse_unbalanced_entry();
