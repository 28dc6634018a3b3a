-- Quantities and prices of service periods: derived, rebuilt from usage when inputs change.

create table service_period (
  customer_id uuid        not null references customer,
  item_id     uuid        not null references contract_item,
  starts      timestamptz not null,
  ends        timestamptz not null,
  -- When it can be invoiced: its end, or its start for a fee in advance.
  due_at      timestamptz not null,
  -- In base units; 1 for a fee.
  quantity    numeric     not null,
  records     bigint      not null,
  -- False as long as the price does not follow from the quantity and the terms in force.
  is_rated    boolean     not null default false,
  -- False as long as the price is not what was invoiced.
  is_settled  boolean     not null default false,
  primary key (item_id, starts),
  check (starts < ends)
);
create index service_period_unrated on service_period (customer_id) where not is_rated;
create index service_period_unsettled on service_period (customer_id, due_at) where not is_settled;
create index service_period_customer on service_period (customer_id, ends);

-- How far a customer's usage is metered: batches up to cutoff, event times before as_of. A customer
-- without a row is metered from the beginning.
create table metered_through (
  customer_id uuid        primary key references customer,
  cutoff      bigint      not null,
  as_of       timestamptz not null,
  run_id      uuid        not null references business_run
);

create table rated_charge (
  customer_id uuid        not null references customer,
  item_id     uuid        not null,
  starts      timestamptz not null,
  -- In the priced unit, and the exact price; both to 30 decimals.
  quantity    numeric     not null,
  net         numeric     not null,
  terms_id    uuid        not null references terms,
  run_id      uuid        not null references business_run,
  primary key (item_id, starts),
  foreign key (item_id, starts) references service_period
);
