-- The items of a chunk of customers whose following service period has begun by as-of, or may be
-- invoiced before it begins. A maximum spend of several items is due as its period begins.
select i.id as item_id, i.customer_id, i.meter_key is null and i.covers is null and i.owed_unit is null as is_fee,
       i.is_in_advance and i.covers is not null as is_maximum,
       i.is_in_advance and i.covers is null as is_in_advance, i.cadence, i.opened_through,
       k.starts as contract_starts, k.ends as contract_ends, k.anchor, k.billing_cadence, c.zone, z.as_of,
       array(select v.valid_from
               from (select l.valid_from, l.is_version,
                            l.terms_id is distinct from lag(l.terms_id) over (order by l.valid_from)
                              as differs
                       from (select distinct on (t.valid_from) t.valid_from, t.terms_id, t.is_version
                               from item_terms t
                              where t.item_id = i.id and i.cadence <> 'once'
                              order by t.valid_from, t.revision desc) l) v
              where v.is_version and v.differs
              order by v.valid_from) as cuts
  from contract_item i
  join contract k on k.id = i.contract_id
  join customer c on c.id = i.customer_id
  join run_as_of z on z.run_id = :run and z.zone = c.zone
 where i.customer_id = any (:customers)
   and (i.opened_through <= z.as_of
        or i.is_in_advance and i.covers is null and k.billing_cadence is not null)
   and (k.ends is null or i.opened_through < k.ends)
 order by i.id
