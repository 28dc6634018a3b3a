-- The service periods of a chunk of customers whose price is not up to date, with the terms in
-- force at their start.
select p.customer_id, p.item_id, p.starts, p.ends, p.full_starts, p.full_ends, c.zone, c.currency,
       p.quantity, t.terms_id, least(p.ends, g.as_of) as through, coalesce(g.cutoff, 0) as cutoff,
       k.rounding,
       array(select s.starts from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_starts,
       array(select s.ends from service_period s
              where s.item_id = p.item_id and s.starts >= p.full_starts and s.starts < p.full_ends
              order by s.starts) as part_ends,
       coalesce(m.factor_numerator, 1) as factor_numerator,
       coalesce(m.factor_divisor, 1)
         * case when m.aggregation = 'avg' then greatest(p.records, 1) else 1 end as factor_divisor
  from service_period p
  join customer c on c.id = p.customer_id
  join contract_item i on i.id = p.item_id
  join contract k on k.id = i.contract_id
  left join meter m on m.key = i.meter_key
  left join metered_through g on g.customer_id = p.customer_id
  join lateral (
         select t.terms_id
           from item_terms t
          where t.item_id = p.item_id and t.valid_from <= p.starts
          order by t.valid_from desc, t.revision desc
          limit 1) t on true
 where p.customer_id = any (:customers) and not p.is_rated
 order by p.item_id, p.starts
