-- Meters that do more than add up, and the one place that says what a record is to a meter.
alter table meter drop constraint meter_attribution_check;
alter table meter add check (attribution in ('start', 'end', 'split'));
alter table meter add column aggregation text not null default 'sum'
  check (aggregation in ('sum', 'count', 'avg', 'min', 'max', 'latest', 'unique_count'));
alter table meter add column value text not null default 'quantity'
  check (value in ('quantity', 'seconds', 'unit_seconds'));
-- Dimensions that a record must have; an empty object takes all.
alter table meter add column dimensions jsonb not null default '{}';
-- What unique_count counts.
alter table meter add column dimension text;
alter table meter add check ((dimension is not null) = (aggregation = 'unique_count'));
-- Whether the quantity of a touched service period is found anew from all of its records, instead
-- of adding new ones to it.
alter table meter add column is_recomputed boolean not null
  generated always as (aggregation in ('min', 'max', 'latest', 'unique_count') or attribution = 'split')
  stored;

-- The instant that decides which service period a record belongs to. Stable, as subtracting an
-- interval is; were it declared immutable, it would not be inlined.
create function metered_at(attribution text, starts timestamptz, ends timestamptz)
returns timestamptz language sql stable parallel safe as $$
  select case attribution
         when 'end' then greatest(starts, ends - interval '1 microsecond')
         else starts end
$$;

-- What a meter adds up of a record, or of the part of it from `starts` to `ends`.
create function metered_value(
  aggregation text, value text, quantity numeric, starts timestamptz, ends timestamptz)
returns numeric language sql immutable parallel safe as $$
  select case
         when aggregation = 'count' then 1
         when value = 'seconds' then extract(epoch from ends - starts)
         when value = 'unit_seconds' then quantity * extract(epoch from ends - starts)
         else quantity end
$$;

-- One record once for every contract item that its customer's contracts meter it for.
create view item_usage as
select i.id as item_id, i.customer_id, r.batch_id, b.position, r.source, r.id, r.starts, r.ends,
       r.quantity, r.dimensions, r.dimensions ->> m.dimension as distinct_by,
       m.aggregation, m.attribution, m.value, metered_at(m.attribution, r.starts, r.ends) as at
  from contract_item i
  join meter m on m.key = i.meter_key
  join subject u on u.customer_id = i.customer_id
  join usage_record r on r.subject = u.subject and r.type = m.record_type
                     and (m.dimensions = '{}' or r.dimensions @> m.dimensions)
  join intake_batch b on b.id = r.batch_id;

-- A service period's quantity, out of what its records' values come to. That of a mean is the sum;
-- it is divided where it is priced.
create function metered_quantity(
  aggregation text, total numeric, lowest numeric, highest numeric, latest numeric, uniques bigint)
returns numeric language sql immutable parallel safe as $$
  select case aggregation
         when 'min' then lowest
         when 'max' then highest
         when 'latest' then latest
         when 'unique_count' then uniques
         else total end
$$;

-- What items' records up to cut-offs come to between instants, added up anew; the arrays are columns
-- of one table, and there is a row for each of its rows. A record that is split counts with what lies
-- between the instants, and as a record where it starts.
create function metered(
  items uuid[], starts timestamptz[], through timestamptz[], cutoffs bigint[])
returns table (item_id uuid, starts timestamptz, quantity numeric, records bigint)
language sql stable as $$
  select s.item_id, s.starts,
         coalesce(
           metered_quantity(min(u.aggregation), sum(v.value), min(v.value), max(v.value),
             (array_agg(v.value order by u.at desc, u.source desc, u.id desc)
                filter (where u.aggregation = 'latest'))[1],
             count(distinct u.distinct_by) filter (where u.aggregation = 'unique_count')), 0),
         count(*) filter (where u.at >= s.starts)
    from unnest(metered.items, metered.starts, metered.through, metered.cutoffs)
           as s (item_id, starts, through, cutoff)
    left join item_usage u
      on u.item_id = s.item_id and u.position <= s.cutoff
     and u.ends >= s.starts and u.at < s.through
     and (u.at >= s.starts or u.attribution = 'split' and u.ends > s.starts)
    left join lateral (
         select case when u.attribution = 'split'
                then metered_value(u.aggregation, u.value, u.quantity,
                       greatest(u.starts, s.starts), least(u.ends, s.through))
                else metered_value(u.aggregation, u.value, u.quantity, u.starts, u.ends) end as value) v
      on true
   group by s.item_id, s.starts
$$;
