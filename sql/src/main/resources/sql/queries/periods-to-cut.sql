-- The last opened service period of each item of a contract that the contract's end cuts, or cut
-- before, or that starts after it.
select i.id as item_id, i.cadence, i.is_in_advance, k.starts as contract_starts, k.ends as contract_ends,
       k.anchor, k.billing_cadence, c.zone, p.starts, p.full_starts,
       p.full_ends,
       (select upper(s.span) from billed_span s where s.item_id = i.id and s.span @> p.starts)
         as billed_through
  from contract k
  join customer c on c.id = k.customer_id
  join contract_item i on i.contract_id = k.id
  join service_period p on p.item_id = i.id and p.ends = i.opened_through
 where k.id = :contract
   and (p.ends > k.ends or p.ends < p.full_ends)
 order by i.key
