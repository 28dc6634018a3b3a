-- Marks the service periods of a chunk of customers that continue a part whose price is not up to
-- date: they are priced after what it holds. Index contract_item_continued.
update service_period p
   set is_rated = false, is_settled = false
  from contract_item i
 where i.customer_id = any (:customers) and i.is_continued and p.item_id = i.id and p.is_rated
   and exists (select from service_period e
                where e.item_id = p.item_id and e.starts >= p.full_starts and e.starts < p.starts
                  and not e.is_rated)
