-- Who pays for whom: a customer's bill may go to another one, in one invoice for everything.
alter table customer add column payer_id uuid;
update customer set payer_id = id;
alter table customer alter column payer_id set not null;
alter table customer add column invoicing text not null default 'per_contract'
  check (invoicing in ('per_contract', 'consolidated'));
-- A payer pays for itself, so there are no chains, and in the currency of all it pays for.
alter table customer add unique (id, payer_id, currency);
alter table customer add foreign key (payer_id, payer_id, currency)
  references customer (id, payer_id, currency);
create index customer_payer on customer (payer_id, id);

-- invoice.customer_id is who pays, invoice_line.customer_id whose usage it is. A consolidated invoice
-- is of no contract; its lines' items are.
alter table invoice alter column contract_id drop not null;
create unique index invoice_consolidated on invoice (run_id, customer_id, currency)
  where contract_id is null;
