-- Empties the grants that ended: what nobody used expires; what came back after the end moves on to a
-- grant of the customer that never expires.
with ended as materialized (
  select e.grant_id, e.unused, e.returned, e.times
    from unnest(:grants::uuid[], :unused::text[]::numeric[], :returned::text[]::numeric[], :times::int[])
      as e (grant_id, unused, returned, times)
), moved_on as (
  insert into wallet_grant (customer_id, wallet_id, key, kind, amount, priority, effective, expires,
         items, returned_from)
  select g.customer_id, g.wallet_id, g.key || '/returned/' || e.times, g.kind, e.returned, g.priority,
         g.effective, 'infinity', g.items, g.id
    from ended e
    join wallet_grant g on g.id = e.grant_id
   where e.returned > 0
  returning id, customer_id, amount
)
insert into wallet_movement (customer_id, grant_id, kind, reference, amount, run_id)
select g.customer_id, g.id, m.kind, m.kind || '/' || :run, -m.amount, :run
  from ended e
  join wallet_grant g on g.id = e.grant_id
 cross join lateral (values ('expiry', e.unused), ('return', e.returned)) as m (kind, amount)
 where m.amount > 0
union all
select customer_id, id, 'grant', 'grant', amount, :run
  from moved_on
