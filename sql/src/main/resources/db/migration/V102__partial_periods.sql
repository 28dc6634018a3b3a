-- Contracts that begin and end inside a service period, anchors of their own, invoices in a rhythm
-- of their own.
alter table contract alter column anchor type timestamp using anchor::timestamp;
-- Null: each item is invoiced as its own service periods end.
alter table contract add column billing_cadence text;

-- The period that the item's cadence gives; [starts, ends) is what of it the contract is in force.
alter table service_period add column full_starts timestamptz;
alter table service_period add column full_ends timestamptz;
update service_period set full_starts = starts, full_ends = ends;
alter table service_period alter column full_starts set not null;
alter table service_period alter column full_ends set not null;
alter table service_period add check (full_starts <= starts and ends <= full_ends);

-- Whether a service period is cut where these terms begin: a plan's version does that, a price that
-- is mended back to a day does not.
alter table item_terms add column is_version boolean not null default true;
