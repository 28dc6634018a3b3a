-- Documents. A draft has no number and may go; a numbered invoice and all below it never change.

create table invoice_series (
  key  text   primary key,
  last bigint not null default 0
);
insert into invoice_series (key) values ('INV'), ('CN');

create table invoice (
  id             uuid    primary key default uuid_v7(),
  customer_id    uuid    not null references customer,
  contract_id    uuid    not null references contract,
  run_id         uuid    not null references business_run,
  issue_date     date    not null,
  currency       char(3) not null,
  total          numeric not null,
  credit         numeric not null,
  wallet_id      uuid    references wallet,
  wallet_version bigint,
  series         text    references invoice_series,
  sequence       bigint,
  unique (run_id, contract_id, currency),
  unique (series, sequence),
  check ((series is null) = (sequence is null)),
  check ((wallet_id is null) = (wallet_version is null))
);
create index invoice_customer on invoice (customer_id, issue_date);

create table invoice_line (
  invoice_id      uuid        not null references invoice,
  line_no         int         not null,
  customer_id     uuid        not null references customer,
  item_id         uuid        not null,
  starts          timestamptz not null,
  ends            timestamptz not null,
  category        text        not null check (category in ('usage', 'fee', 'commitment')),
  sequence        int         not null check (sequence > 0),
  name            text        not null,
  quantity        numeric     not null,
  unit            text        not null,
  -- The whole of the period: exact = whole + residue; this line bills whole - invoiced_before.
  terms_id        uuid        not null references terms,
  exact           numeric     not null,
  whole           numeric     not null,
  residue         numeric     not null,
  invoiced_before numeric     not null,
  amount          numeric     not null,
  primary key (invoice_id, line_no),
  unique (item_id, starts, category, sequence),
  foreign key (item_id, starts) references service_period,
  check (exact = whole + residue),
  check (amount = whole - invoiced_before)
);

create table invoice_line_part (
  invoice_id uuid    not null,
  line_no    int     not null,
  part_no    int     not null,
  key        text    not null,
  quantity   numeric not null,
  unit_price numeric not null,
  amount     numeric not null,
  primary key (invoice_id, line_no, part_no),
  foreign key (invoice_id, line_no) references invoice_line
);

create table invoice_drawdown (
  invoice_id uuid    not null,
  line_no    int     not null,
  grant_id   uuid    not null references wallet_grant,
  -- Positive: settles the line; negative: goes back to the grant.
  amount     numeric not null check (amount <> 0),
  primary key (invoice_id, line_no, grant_id),
  foreign key (invoice_id, line_no) references invoice_line
);

-- The time that an item was originally billed for. Later lines of the same period are corrections
-- of it and add no span.
create table billed_span (
  customer_id uuid      not null references customer,
  item_id     uuid      not null references contract_item,
  span        tstzrange not null,
  run_id      uuid      not null references business_run,
  exclude using gist (item_id with =, span with &&)
);
create trigger append_only before update or delete on billed_span
  for each row execute function refuse_change();

create function refuse_change_of_numbered_invoice() returns trigger language plpgsql as $$
begin
  if old.sequence is not null then
    raise exception 'invoice %-% is posted: % refused', old.series, old.sequence, lower(tg_op)
      using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger append_only before update or delete on invoice
  for each row execute function refuse_change_of_numbered_invoice();

create function refuse_change_below_numbered_invoice() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
     or exists (select 1 from invoice i where i.id = old.invoice_id and i.sequence is not null) then
    raise exception '% of a posted invoice is append-only: % refused', tg_table_name, lower(tg_op)
      using errcode = 'restrict_violation';
  end if;
  return old;
end
$$;
create trigger append_only before update or delete on invoice_line
  for each row execute function refuse_change_below_numbered_invoice();
create trigger append_only before update or delete on invoice_line_part
  for each row execute function refuse_change_below_numbered_invoice();
create trigger append_only before update or delete on invoice_drawdown
  for each row execute function refuse_change_below_numbered_invoice();

create function refuse_addition_to_numbered_invoice() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added a join invoice i on i.id = a.invoice_id where i.sequence is not null) then
    raise exception '% of a posted invoice is append-only: insert refused', tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create trigger closed after insert on invoice_line
  referencing new table as added for each statement execute function refuse_addition_to_numbered_invoice();
create trigger closed after insert on invoice_line_part
  referencing new table as added for each statement execute function refuse_addition_to_numbered_invoice();
create trigger closed after insert on invoice_drawdown
  referencing new table as added for each statement execute function refuse_addition_to_numbered_invoice();
