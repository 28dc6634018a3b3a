-- What was invoiced for a settled service period is its price: the last line says so, or there is no
-- line and the price is zero.
select t.key || ' of ' || k.key || ' from ' || p.starts || ' costs ' || r.net || ', invoiced exactly '
         || coalesce(l.exact, 0) as finding
  from service_period p
  join contract_item t on t.id = p.item_id
  join contract k on k.id = t.contract_id
  join rated_charge r on r.item_id = p.item_id and r.starts = p.starts
  left join lateral (
         select l.exact from invoice_line l
          where l.item_id = p.item_id and l.starts = p.starts and l.category in ('usage', 'fee')
          order by l.sequence desc limit 1) l on true
 where p.is_settled and round(r.net, 20) <> round(coalesce(l.exact, 0), 20)
 order by 1
