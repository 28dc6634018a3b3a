-- What was used of a wallet, and when: what a request came to, or holds still, at the time when its work began; what
-- was taken back, as it was; what a bill run drew, at the last instant of the service period, or the first of
-- one that is paid in advance.
select coalesce(a.at, e.at) as at, -sum(m.amount) as amount
  from wallet_movement m
  join wallet_grant g on g.id = m.grant_id
  join wallet_entry e on e.id = m.entry_id
  left join wallet_entry a on a.id = e.about_id and m.kind <> 'reversal'
 where g.wallet_id = :wallet and m.kind in ('hold', 'release', 'usage', 'reversal')
 group by 1, coalesce(a.id, e.id)
union all
select case when t.is_in_advance then l.starts else l.ends - interval '1 microsecond' end, -m.amount
  from wallet_movement m
  join wallet_grant g on g.id = m.grant_id
  join invoice i on i.run_id = m.run_id
  join invoice_line l on l.invoice_id = i.id and m.reference = i.id || '/' || l.line_no
  join contract_item t on t.id = l.item_id
 where g.wallet_id = :wallet and m.kind = 'drawdown'
