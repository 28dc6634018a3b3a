-- What was invoiced for a settled service period is its price, rounded once: the last line's whole
-- says so, or there is no line and the price rounds to zero.
select t.key || ' of ' || k.key || ' from ' || p.starts || ' costs ' || r.net || ', invoiced '
         || coalesce(l.whole, 0) as finding
  from service_period p
  join customer c on c.id = p.customer_id
  join contract_item t on t.id = p.item_id
  join contract k on k.id = t.contract_id
  join rated_charge r on r.item_id = p.item_id and r.starts = p.starts
  left join lateral (
         select l.whole from invoice_line l
          where l.item_id = p.item_id and l.starts = p.starts
            and (l.category in ('usage', 'fee') or t.covers is not null)
          order by l.sequence desc limit 1) l on true
 where p.is_settled
   and round(r.net, case when t.credit_unit is null then c.minor_units else 20 end) <> coalesce(l.whole, 0)
 order by 1
