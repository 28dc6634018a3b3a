-- Charges in credits: a rate card may be priced in a unit that is no currency. What is drawn for it is on a
-- statement of its own, with a number of its own.

-- The unit of the wallets that it is drawn from; null for an item that is priced in money.
alter table contract_item add column credit_unit text;
-- What becomes of those that are lacking.
alter table contract_item add column credit_lacking text
  check (credit_lacking in ('refused', 'owed', 'converted'));
alter table contract_item add check ((credit_unit is null) = (credit_lacking is null));

-- Items that bill what is owed on the customer's wallet of this unit.
alter table contract_item add column owed_unit text;
alter table contract_item add constraint contract_item_owed_check
  check (owed_unit is null or meter_key is null and covers is null and credit_unit is null);
create index contract_item_owed on contract_item (customer_id) where owed_unit is not null;

insert into invoice_series (key) values ('CS');
-- A currency, or credits of any name.
alter table invoice alter column currency type text;
-- Of a statement nothing is due: what credit does not settle is converted to money, on an invoice.
alter table invoice
  add column due       numeric generated always as (case series when 'CS' then 0 else total - credit end) stored,
  add column converted numeric generated always as (case series when 'CS' then total - credit else 0 end) stored;

alter table invoice_line drop constraint invoice_line_category_check;
alter table invoice_line add constraint invoice_line_category_check
  check (category in ('usage', 'fee', 'commitment', 'overage'));

-- What went back to an overdraft that was repaid meanwhile, on its way to the grants that repaid it: like
-- invoice_drawdown, positive amounts leave the grant, and they sum to zero.
create table invoice_repayment (
  invoice_id uuid    not null references invoice,
  grant_id   uuid    not null references wallet_grant,
  amount     numeric not null check (amount <> 0),
  primary key (invoice_id, grant_id)
);
create trigger append_only before update or delete on invoice_repayment
  for each row execute function refuse_change_below_numbered_invoice();
create trigger closed after insert on invoice_repayment
  referencing new table as added for each statement execute function refuse_addition_to_numbered_invoice();

-- Credit that came in repays what was owed, without anybody's request.
alter table wallet_entry drop constraint wallet_entry_kind_check;
alter table wallet_entry add constraint wallet_entry_kind_check
  check (kind in ('hold', 'capture', 'release', 'expiry', 'usage', 'reversal', 'repayment'));
alter table wallet_entry drop constraint wallet_entry_check;
alter table wallet_entry add constraint wallet_entry_about_check
  check ((about_id is null) = (kind in ('hold', 'usage', 'repayment')));
create index credit_balance_owed on credit_balance (wallet_id) where balance < 0;

drop view period_input;
create view period_input as
select p.customer_id, k.id as contract_id, p.item_id, p.starts, p.ends, p.full_starts, p.full_ends,
       array(select s.starts from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_starts,
       array(select s.ends from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_ends,
       c.key as customer_key, k.key as contract_key, i.key as item_key, c.zone,
       coalesce(i.credit_unit, c.currency::text) as currency, k.rounding,
       p.quantity,
       coalesce(m.factor_numerator, 1) as factor_numerator,
       coalesce(m.factor_divisor, 1)
         * case when m.aggregation = 'avg' then greatest(p.records, 1) else 1 end as factor_divisor,
       coalesce(m.unit, i.owed_unit, case when i.covers is null then 'fee' else c.currency::text end) as unit,
       least(p.ends, g.as_of) as through, coalesce(g.cutoff, 0) as cutoff,
       p.due_at, p.is_rated, p.is_settled, i.covers is not null as is_commitment,
       -- What the parts before this one hold that it continues; null if it begins.
       (select sum(s.quantity) from service_period s
         where i.is_continued and s.item_id = p.item_id and s.starts >= p.full_starts
           and s.starts < p.starts) as quantity_before,
       -- What they cost, each rounded; null if there are later parts that continue this one.
       case when i.is_continued
              and exists (select from service_period s
                           where s.item_id = p.item_id and s.starts > p.starts
                             and s.starts < p.full_ends)
            then null
            else (select coalesce(sum(round(r.net, case when i.credit_unit is null then c.minor_units else 20 end)), 0)
                    from rated_charge r
                   where i.is_continued and r.item_id = p.item_id and r.starts >= p.full_starts
                     and r.starts < p.starts) end as spent_before
  from service_period p
  join customer c on c.id = p.customer_id
  join contract_item i on i.id = p.item_id
  join contract k on k.id = i.contract_id
  left join meter m on m.key = i.meter_key
  left join metered_through g on g.customer_id = p.customer_id;
