-- The billed spans of an item join each other without a gap from its contract's start, and are
-- its settled service periods, or such as were billed and await a correction. A period that was cut
-- short after it was billed keeps its span.
select t.key || ' of ' || k.key || ' is not billed from ' || s.before || ' to ' || lower(s.span) as finding
  from (select s.item_id, s.span,
               coalesce(lag(upper(s.span)) over (partition by s.item_id order by s.span), k.starts)
                 as before
          from billed_span s
          join contract_item t on t.id = s.item_id
          join contract k on k.id = t.contract_id) s
  join contract_item t on t.id = s.item_id
  join contract k on k.id = t.contract_id
 where s.before <> lower(s.span)
union all
select t.key || ' of ' || k.key || ' is settled from ' || p.starts || ' and was never billed'
  from service_period p
  join contract_item t on t.id = p.item_id
  join contract k on k.id = t.contract_id
 where p.is_settled
   and not exists (select from billed_span s
                    where s.item_id = p.item_id and s.span @> tstzrange(p.starts, p.ends))
union all
select t.key || ' of ' || k.key || ' was invoiced from ' || l.starts || ' without a billed span'
  from invoice_line l
  join invoice i on i.id = l.invoice_id and i.sequence is not null
  join contract_item t on t.id = l.item_id
  join contract k on k.id = t.contract_id
 where l.sequence = 1
   and not exists (select from billed_span s
                    where s.item_id = l.item_id and s.span @> tstzrange(l.starts, l.ends))
 order by 1
