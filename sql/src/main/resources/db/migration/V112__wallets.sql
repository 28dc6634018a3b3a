-- Wallets of any unit that requests are settled on: floors, holds, usage, reversals.

-- How low a request may bring what is available; a fact may go below.
alter table wallet add column floor numeric not null default 0;

alter table wallet_grant drop constraint wallet_grant_kind_check;
alter table wallet_grant add constraint wallet_grant_kind_check
  check (kind in ('paid', 'promotional', 'overdraft'));
alter table wallet_grant drop constraint wallet_grant_amount_check;
alter table wallet_grant add constraint wallet_grant_amount_check
  check (case kind when 'overdraft' then amount = 0 else amount > 0 end);
-- Who gave it: the catalog, or somebody by the command line.
alter table wallet_grant add column source text not null default 'catalog';
-- When it was created, for the burn order; null for one that was declared: it counts from its effect.
alter table wallet_grant add column created timestamptz;

-- Whoever has a wallet can owe: what is missing in its overdraft.
create function add_overdraft() returns trigger language plpgsql as $$
begin
  insert into wallet_grant (customer_id, wallet_id, key, kind, amount, priority, effective, expires)
  select a.customer_id, a.id, 'overdraft', 'overdraft', 0, 2147483647, '-infinity', 'infinity'
    from added a;
  return null;
end
$$;
insert into wallet_grant (customer_id, wallet_id, key, kind, amount, priority, effective, expires)
select customer_id, id, 'overdraft', 'overdraft', 0, 2147483647, '-infinity', 'infinity'
  from wallet;
create trigger overdraft after insert on wallet
  referencing new table as added for each statement execute function add_overdraft();

-- What was settled on a customer's wallets at once: a hold, what ended it, a usage, what took it back.
create table wallet_entry (
  id          uuid        primary key default uuid_v7(),
  -- The order in which they were settled, on each wallet.
  settled_no  bigint      generated always as identity,
  customer_id uuid        not null references customer,
  kind        text        not null check (kind in ('hold', 'capture', 'release', 'expiry', 'usage', 'reversal')),
  -- The request's idempotency key.
  key         text        not null,
  -- What it ends or takes back.
  about_id    uuid        references wallet_entry,
  -- The units of the wallets that it may draw on, in this order.
  units       text[]      not null,
  amount      numeric     not null check (amount >= 0),
  at          timestamptz not null,
  -- When a hold ends by itself.
  expires     timestamptz,
  unique (customer_id, kind, key),
  check ((about_id is null) = (kind in ('hold', 'usage'))),
  check ((expires is null) = (kind <> 'hold'))
);
-- A hold ends once, and expires once. Work that ends later is captured all the same.
create unique index wallet_entry_end on wallet_entry (about_id) where kind in ('capture', 'release');
create unique index wallet_entry_expiry on wallet_entry (about_id) where kind = 'expiry';
create index wallet_entry_about on wallet_entry (about_id);
-- Holds and usage share their keys: both can be spoken of later.
create unique index wallet_entry_key on wallet_entry (customer_id, key) where kind in ('hold', 'usage');
create trigger append_only before update or delete on wallet_entry
  for each row execute function refuse_change();
create trigger not_emptied before truncate on wallet_entry
  for each statement execute function refuse_change();

-- The holds that have not come to an end, so that nobody has to look for them in a history.
create table open_hold (
  entry_id    uuid        primary key references wallet_entry,
  customer_id uuid        not null references customer,
  expires     timestamptz not null
);
create index open_hold_expires on open_hold (customer_id, expires);

alter table wallet_movement drop constraint wallet_movement_kind_check;
alter table wallet_movement add constraint wallet_movement_kind_check
  check (kind in ('grant', 'drawdown', 'expiry', 'return', 'hold', 'release', 'usage', 'reversal',
                  'repayment', 'void'));
alter table wallet_movement add column entry_id uuid references wallet_entry;
-- Why somebody voided what was left of a grant.
alter table wallet_movement add column reason text;
alter table wallet_movement add constraint wallet_movement_reason_check
  check ((kind = 'void') = (reason is not null));
-- The order in which a grant was moved.
alter table wallet_movement add column moved_no bigint generated always as identity;
create index wallet_movement_entry on wallet_movement (entry_id) where entry_id is not null;

-- What the movements of a grant add up to, so that nobody has to add up a history. A check compares.
create table credit_balance (
  grant_id  uuid    primary key references wallet_grant,
  wallet_id uuid    not null references wallet,
  balance   numeric not null
);
create index credit_balance_wallet on credit_balance (wallet_id);
insert into credit_balance (grant_id, wallet_id, balance)
select g.id, g.wallet_id, coalesce(sum(m.amount), 0)
  from wallet_grant g
  left join wallet_movement m on m.grant_id = g.id
 group by g.id;

drop trigger not_overdrawn on wallet_movement;
drop function refuse_overdrawn_grant();

-- A grant never gives more than it holds, and an overdraft holds nothing.
create function keep_credit_balance() returns trigger language plpgsql as $$
declare
  overdrawn uuid;
begin
  insert into credit_balance as b (grant_id, wallet_id, balance)
  select g.id, g.wallet_id, sum(a.amount)
    from added a
    join wallet_grant g on g.id = a.grant_id
   group by g.id
   order by g.id
      on conflict (grant_id) do update set balance = b.balance + excluded.balance;
  select b.grant_id into overdrawn
    from credit_balance b
    join wallet_grant g on g.id = b.grant_id
   where b.grant_id in (select grant_id from added)
     and case g.kind when 'overdraft' then b.balance > 0 else b.balance < 0 end
   limit 1;
  if found then
    raise exception 'grant % would fall below zero', overdrawn using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger balance after insert on wallet_movement
  referencing new table as added for each statement execute function keep_credit_balance();
