-- What came into a wallet and what went out of it between an array of ascending bounds, and its balance at the
-- end of each window; times in UTC. A row a window.
with moved as (
  select width_bucket(m.at, :bounds::text[]::timestamptz[]) as n,
         sum(m.amount) filter (where m.amount > 0) as came,
         sum(m.amount) filter (where m.amount < 0) as went
    from movement_in_time m
    join wallet w on w.id = m.wallet_id
    join customer c on c.id = w.customer_id
   where c.key = :customer and w.unit = :unit and m.at < (:bounds::text[]::timestamptz[])[cardinality(:bounds::text[])]
   group by 1
), told as (
  select b.n, b.at, coalesce(m.came, 0) as came, coalesce(m.went, 0) as went,
         sum(coalesce(m.came, 0) + coalesce(m.went, 0)) over (order by b.n) as balance
    from (select 0 as n, null::timestamptz as at
           union all
          select n, at from unnest(:bounds::text[]::timestamptz[]) with ordinality as b (at, n)) b
    left join moved m on m.n = b.n
)
select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "from", came as "in", -went as out, balance
  from told
 where n > 0 and n < cardinality(:bounds::text[])
 order by n
