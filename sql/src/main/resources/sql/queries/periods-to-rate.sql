-- The service periods of a chunk of customers whose price is not up to date, with the terms in
-- force at their start. A minimum spend of several items is priced when it is due, not before.
select p.customer_id, p.item_id, p.starts, p.ends, p.full_starts, p.full_ends, p.part_starts,
       p.part_ends, p.zone, p.currency, p.rounding, p.quantity, p.quantity_before,
       p.factor_numerator, p.factor_divisor,
       p.through, p.cutoff, t.terms_id
  from period_input p
  join run_as_of z on z.run_id = :run and z.zone = p.zone
  join lateral (
         select t.terms_id
           from item_terms t
          where t.item_id = p.item_id and t.valid_from <= p.starts
          order by t.valid_from desc, t.revision desc
          limit 1) t on true
 where p.customer_id = any (:customers) and not p.is_rated
   and (not p.is_commitment or p.due_at <= z.as_of)
 order by p.item_id, p.starts
