-- What a settled commitment was measured by is what was invoiced, corrections included, for the
-- service periods of the items that it covers.
select t.key || ' of ' || k.key || ' from ' || p.starts || ' was measured by ' || p.quantity
         || ', invoiced ' || coalesce(l.amount, 0) as finding
  from service_period p
  join contract_item t on t.id = p.item_id and t.covers is not null
  join contract k on k.id = t.contract_id
  left join lateral (
         select sum(l.amount) as amount
           from contract_item o
           join invoice_line l on l.item_id = o.id and l.category in ('usage', 'fee')
                              and l.starts >= p.starts and l.starts < p.ends
          where o.contract_id = t.contract_id and o.key = any (t.covers)) l on true
 where p.is_settled and p.quantity <> coalesce(l.amount, 0)
 order by 1
