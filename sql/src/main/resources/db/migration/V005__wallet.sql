-- Credit. A grant's balance is the sum of its movements.

create table wallet (
  id          uuid primary key default uuid_v7(),
  customer_id uuid not null references customer,
  unit        text not null,
  -- Counts the postings to it: a draft that was drawn up on another version is stale.
  version     bigint not null default 0,
  unique (customer_id, unit)
);

create table wallet_grant (
  id          uuid        primary key default uuid_v7(),
  customer_id uuid        not null references customer,
  wallet_id   uuid        not null references wallet,
  key         text        not null,
  kind        text        not null check (kind in ('paid', 'promotional')),
  amount      numeric     not null check (amount > 0),
  priority    int         not null,
  effective   timestamptz not null,
  expires     timestamptz not null,
  unique (wallet_id, key),
  check (effective < expires)
);
create trigger append_only before update or delete on wallet_grant
  for each row execute function refuse_change();

create table wallet_movement (
  customer_id uuid        not null references customer,
  grant_id    uuid        not null references wallet_grant,
  kind        text        not null check (kind in ('grant', 'drawdown', 'expiry')),
  -- The natural key of what moved it: 'grant', an invoice line, 'expiry'.
  reference   text        not null,
  -- Signed: a drawdown is negative, what comes back is positive.
  amount      numeric     not null check (amount <> 0),
  run_id      uuid        references business_run,
  primary key (grant_id, kind, reference)
);
create trigger append_only before update or delete on wallet_movement
  for each row execute function refuse_change();

-- A grant never gives more than it holds.
create function refuse_overdrawn_grant() returns trigger language plpgsql as $$
declare
  overdrawn uuid;
begin
  select m.grant_id into overdrawn
    from wallet_movement m
   where m.grant_id in (select grant_id from added)
   group by m.grant_id
  having sum(m.amount) < 0
   limit 1;
  if found then
    raise exception 'grant % would fall below zero', overdrawn using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger not_overdrawn after insert on wallet_movement
  referencing new table as added for each statement execute function refuse_overdrawn_grant();
