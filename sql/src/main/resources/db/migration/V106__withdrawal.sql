-- Records that no longer count, from a place of their own in the sequence of batches on: a run whose
-- cut-off is before it counts them as ever.

-- A withdrawal is a batch without lines, of no file.
alter table intake_batch alter column file_id drop not null;
alter table intake_batch add check (file_id is not null or last_line < first_line);

create table withdrawal (
  -- The record's place.
  batch_id     bigint      not null,
  line_no      bigint      not null,
  -- The batch that it came as; its position is the withdrawal's.
  withdrawn_in bigint      not null references intake_batch,
  reason       text        not null check (reason <> ''),
  withdrawn_at timestamptz not null default clock_timestamp(),
  primary key (batch_id, line_no),
  foreign key (batch_id, line_no) references usage_record,
  check (withdrawn_in > batch_id)
);
create index withdrawal_withdrawn_in on withdrawal (withdrawn_in);
create trigger append_only before update or delete on withdrawal
  for each statement execute function refuse_change();
create trigger not_emptied before truncate on withdrawal
  for each statement execute function refuse_change();

-- Where records were withdrawn. A run with this cut-off or a greater one does not count them; one
-- without a position is not seen by any run yet.
create view withdrawn as
select w.batch_id, w.line_no, b.position
  from withdrawal w
  join intake_batch b on b.id = w.withdrawn_in;

-- One record once for every contract item that its customer's contracts meter it for. It counts at
-- cut-offs from its position up to where it was withdrawn, which is null for most.
create or replace view item_usage as
select i.id as item_id, i.customer_id, r.batch_id, b.position, r.source, r.id, r.starts, r.ends,
       r.quantity, r.dimensions, r.dimensions ->> m.dimension as distinct_by,
       m.aggregation, m.attribution, m.value, metered_at(m.attribution, r.starts, r.ends) as at,
       w.position as withdrawn
  from contract_item i
  join meter m on m.key = i.meter_key
  join subject u on u.customer_id = i.customer_id
  join usage_record r on r.subject = u.subject and r.type = m.record_type
                     and (m.dimensions = '{}' or r.dimensions @> m.dimensions)
  join intake_batch b on b.id = r.batch_id
  left join withdrawn w on w.batch_id = r.batch_id and w.line_no = r.line_no;

-- What items' records up to cut-offs, and not withdrawn by then, come to between instants, added up
-- anew; the arrays are columns of one table, and there is a row for each of its rows. A record that
-- is split counts with what lies between the instants, and as a record where it starts.
create or replace function metered(
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
     and (u.withdrawn <= s.cutoff) is not true
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
