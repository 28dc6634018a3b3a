-- The due and unsettled service periods of a chunk of customers, in the order of their payer's invoice
-- lines, with their price's inputs and the price that rating found.
select p.customer_id, p.contract_id, p.item_id, p.starts, p.ends, p.full_starts, p.full_ends,
       p.part_starts, p.part_ends, p.zone, p.currency, p.rounding, p.quantity, p.quantity_before,
       p.spent_before, p.factor_numerator, p.factor_divisor, p.unit, p.through, p.cutoff, r.terms_id, r.net
  from period_input p
  join run_as_of z on z.run_id = :run and z.zone = p.zone
  join rated_charge r on r.item_id = p.item_id and r.starts = p.starts
 where p.customer_id = any (:customers) and not p.is_settled and p.is_rated and p.due_at <= z.as_of
 order by p.customer_key collate "C", p.contract_key collate "C", p.starts, p.item_key collate "C"
