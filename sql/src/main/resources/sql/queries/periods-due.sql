-- The due and unsettled service periods of a chunk of customers, in the order of the invoice's
-- lines, with their price's inputs and the price that rating found.
select p.customer_id, k.id as contract_id, c.currency, p.item_id, p.starts, p.ends, p.full_starts,
       p.full_ends, c.zone, p.quantity, least(p.ends, g.as_of) as through, coalesce(g.cutoff, 0) as cutoff,
       k.rounding,
       array(select s.starts from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_starts,
       array(select s.ends from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_ends,
       coalesce(m.factor_numerator, 1) as factor_numerator,
       coalesce(m.factor_divisor, 1)
         * case when m.aggregation = 'avg' then greatest(p.records, 1) else 1 end as factor_divisor,
       coalesce(m.unit, 'fee')         as unit,
       r.terms_id, r.net
  from service_period p
  join customer c on c.id = p.customer_id
  join run_as_of z on z.run_id = :run and z.zone = c.zone
  join contract_item i on i.id = p.item_id
  join contract k on k.id = i.contract_id
  left join meter m on m.key = i.meter_key
  left join metered_through g on g.customer_id = p.customer_id
  join rated_charge r on r.item_id = p.item_id and r.starts = p.starts
 where p.customer_id = any (:customers) and not p.is_settled and p.is_rated and p.due_at <= z.as_of
 order by c.key, k.key, p.starts, i.key
