-- Commitments over several items of a contract: the keys of those whose price counts.
alter table contract_item add column covers text[];
alter table contract_item add check (covers is null or meter_key is null);
create index contract_item_commitment on contract_item (customer_id) where covers is not null;

-- Items whose parts continue each other where their terms change inside a service period.
alter table contract_item add column is_continued boolean not null default false;
create index contract_item_continued on contract_item (customer_id) where is_continued;

-- What each service period is priced with: where it lies in its full period and among the parts of
-- that, its quantity in base units (money for a commitment) with the factor to the priced unit, and
-- how far it is metered.
create view period_input as
select p.customer_id, k.id as contract_id, p.item_id, p.starts, p.ends, p.full_starts, p.full_ends,
       array(select s.starts from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_starts,
       array(select s.ends from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_ends,
       c.key as customer_key, k.key as contract_key, i.key as item_key, c.zone, c.currency, k.rounding,
       p.quantity,
       coalesce(m.factor_numerator, 1) as factor_numerator,
       coalesce(m.factor_divisor, 1)
         * case when m.aggregation = 'avg' then greatest(p.records, 1) else 1 end as factor_divisor,
       coalesce(m.unit, case when i.covers is null then 'fee' else c.currency::text end) as unit,
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
            else (select coalesce(sum(round(r.net, c.minor_units)), 0) from rated_charge r
                   where i.is_continued and r.item_id = p.item_id and r.starts >= p.full_starts
                     and r.starts < p.starts) end as spent_before
  from service_period p
  join customer c on c.id = p.customer_id
  join contract_item i on i.id = p.item_id
  join contract k on k.id = i.contract_id
  left join meter m on m.key = i.meter_key
  left join metered_through g on g.customer_id = p.customer_id;
