-- The drafts of a run that must not be posted, with their payer and the reason: drawn up on a wallet
-- that moved since, or with totals that are not those of the lines.
select i.id, i.customer_id,
       'stale: wallet is at version ' || w.version || ', the draft at ' || i.wallet_version as reason
  from invoice i
  join wallet w on w.id = i.wallet_id
 where i.run_id = :run and i.sequence is null and w.version <> i.wallet_version
union all
select i.id, i.customer_id,
       'arithmetic: total ' || i.total || ' credit ' || i.credit || ', lines sum to '
         || sum(l.amount) || ' credit ' || sum(coalesce(d.amount, 0)) as reason
  from invoice i
  join invoice_line l on l.invoice_id = i.id
  left join (
         select invoice_id, line_no, sum(amount) as amount
           from invoice_drawdown group by invoice_id, line_no) d
    on d.invoice_id = l.invoice_id and d.line_no = l.line_no
 where i.run_id = :run and i.sequence is null
 group by i.id
having sum(l.amount) <> i.total or sum(coalesce(d.amount, 0)) <> i.credit
 order by 1, 3
