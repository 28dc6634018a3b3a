-- The total of, and the credit on, every invoice of the demo, from the raw log alone: no table of
-- Tallystick's is read. Amounts are rounded once per line, half away from zero, as round() does; the
-- division by 3,600 comes last: user 4's November costs 9,580.655 to the last digit, and a quotient of
-- hours cut off before the price would round to 65 cents.
with usage as (
  select usr,
         date_trunc('month', to_timestamp(749458803 + submit + run_time)
                               at time zone 'America/Los_Angeles')::date as month,
         sum(run_time * processors) as seconds
    from raw_job
   where grp <> 2
   group by 1, 2
), usr as (
  select distinct usr from raw_job where grp <> 2
), month as (
  select unnest(array[date '1993-10-01', '1993-11-01', '1993-12-01']) as month
), priced as (
  select u.usr, m.month,
         greatest(coalesce(g.seconds, 0) - case u.usr when 24 then 500 * 3600 else 0 end, 0) as charged
    from usr u cross join month m
    left join usage g on g.usr = u.usr and g.month = m.month
), usage_line as (
  select usr, month + interval '1 month' as issued,
         round(case
               when usr = 4 then charged * 0.60
               else (least(charged, 360000) * 1.20
                   + greatest(least(charged, 3600000) - 360000, 0) * 0.95
                   + greatest(least(charged, 18000000) - 3600000, 0) * 0.80
                   + greatest(charged - 18000000, 0) * 0.65)
                  * case usr when 7 then 0.875 else 1 end
               end / 3600, 2) as amount
    from priced
), line as (
  select usr, issued, amount,
         case when usr = 28 and issued <= '1993-12-01' then amount else 0 end as credit
    from usage_line
  union all
  select usr, issued, greatest(9500 - amount, 0), 0 from usage_line where usr = 4
  union all
  select usr, month, round(25 * case usr when 7 then 0.875 else 1 end, 2),
         case when usr = 28 and month < '1993-12-01' then 25 else 0 end
    from usr cross join month
)
select 'user-' || usr || ' ' || issued::date as invoice, sum(amount) as total, sum(credit) as credit
  from line
 group by usr, issued
having sum(amount) <> 0
 order by 1
