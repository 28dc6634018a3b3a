-- Grants that are given again and again, and what a reset leaves of a grant.

-- What a reset keeps of it; all of it if null.
alter table wallet_grant add column kept_min numeric;
alter table wallet_grant add column kept_max numeric;
alter table wallet_grant add constraint wallet_grant_kept_check
  check ((kept_min is null) = (kept_max is null) and kept_min between 0 and kept_max);

-- A grant for each occurrence of an interval, counted from `effective`, in force until the next: so what is
-- left of one is not added to the next.
create table recurring_grant (
  id          uuid        primary key default uuid_v7(),
  customer_id uuid        not null references customer,
  wallet_id   uuid        not null references wallet,
  key         text        not null,
  kind        text        not null check (kind in ('paid', 'promotional')),
  amount      numeric     not null check (amount > 0),
  priority    int         not null,
  effective   timestamptz not null,
  expires     timestamptz not null,
  items       text[]      not null,
  kept_min    numeric,
  kept_max    numeric,
  -- An ISO 8601 period.
  every       text        not null,
  source      text        not null,
  -- The occurrence that is to be given next, counted from 0, and when it begins; never, once all are given.
  next_no     int         not null default 0,
  next_at     timestamptz not null,
  -- Why somebody ended it.
  ended       text,
  unique (wallet_id, key),
  check (effective < expires)
);
create index recurring_grant_due on recurring_grant (next_at);
create index recurring_grant_customer on recurring_grant (customer_id);

alter table wallet_entry drop constraint wallet_entry_kind_check;
alter table wallet_entry add constraint wallet_entry_kind_check
  check (kind in ('hold', 'capture', 'release', 'expiry', 'usage', 'reversal', 'repayment', 'reset'));
alter table wallet_entry drop constraint wallet_entry_about_check;
alter table wallet_entry add constraint wallet_entry_about_check
  check ((about_id is null) = (kind in ('hold', 'usage', 'repayment', 'reset')));

alter table wallet_movement drop constraint wallet_movement_kind_check;
alter table wallet_movement add constraint wallet_movement_kind_check
  check (kind in ('grant', 'drawdown', 'expiry', 'return', 'hold', 'release', 'usage', 'reversal',
                  'repayment', 'void', 'reset'));

-- When somebody voided what was left of a grant.
alter table wallet_movement add column voided_at timestamptz;

-- Movements with their business time: when a request was made, a grant began, what a bill run was for.
create view movement_in_time as
select m.grant_id, g.wallet_id, m.kind, m.amount,
       coalesce(e.at, case when m.kind = 'void' then greatest(m.voided_at, g.effective) end, z.as_of,
                g.effective) as at
  from wallet_movement m
  join wallet_grant g on g.id = m.grant_id
  join customer c on c.id = g.customer_id
  left join wallet_entry e on e.id = m.entry_id
  left join run_as_of z on z.run_id = m.run_id and z.zone = c.zone;
