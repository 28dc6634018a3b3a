-- Whose a subject is, and when: a record goes to the customer who has its subject at the record's
-- start. A change is not made in place: the row that no longer holds ends, with the batch that a run
-- must have seen to know of it, so that a run's lines are found again with the owners of its time.
alter table subject drop constraint subject_pkey;
alter table subject
  add column starts      timestamptz not null default '-infinity',
  add column ends        timestamptz not null default 'infinity',
  -- Null for what every run knows: no usage of the subject or the customer was metered before.
  add column assigned_in bigint references intake_batch,
  add column ended_in    bigint references intake_batch,
  add check (starts < ends),
  add constraint subject_has_one_owner
    exclude using gist (subject with =, tstzrange(starts, ends) with &&) where (ended_in is null)
    deferrable initially deferred;
create index subject_subject on subject (subject);
create index subject_ended on subject (ended_in) where ended_in is not null;

create function refuse_other_than_end() returns trigger language plpgsql as $$
begin
  if old.ended_in is not null
     or to_jsonb(new) - 'ended_in' is distinct from to_jsonb(old) - 'ended_in' then
    raise exception 'a subject''s owner may only end: update refused'
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger ends_only before update on subject
  for each row execute function refuse_other_than_end();
create trigger append_only before delete on subject
  for each statement execute function refuse_change();
create trigger not_emptied before truncate on subject
  for each statement execute function refuse_change();

-- Owners with the cut-offs that know them: from `assigned` on, and no longer from `ended` on. What no
-- run has seen yet lies beyond every cut-off.
create view owner as
select s.subject, s.customer_id, s.starts, s.ends,
       case when s.assigned_in is null then 0 else coalesce(a.position, 9223372036854775807) end
         as assigned,
       case when s.ended_in is not null then coalesce(e.position, 9223372036854775807) end as ended
  from subject s
  left join intake_batch a on a.id = s.assigned_in
  left join intake_batch e on e.id = s.ended_in;

-- It counts at cut-offs from its position, or where its customer came to have it, up to where it was
-- withdrawn or went to another customer, which is null for most.
create or replace view item_usage as
select i.id as item_id, i.customer_id, r.batch_id,
       case when b.position is not null then greatest(b.position, o.assigned) end as position,
       r.source, r.id, r.starts, r.ends, r.quantity, r.dimensions,
       r.dimensions ->> m.dimension as distinct_by, m.aggregation, m.attribution, m.value,
       metered_at(m.attribution, r.starts, r.ends) as at, least(w.position, o.ended) as withdrawn
  from contract_item i
  join meter m on m.key = i.meter_key
  join owner o on o.customer_id = i.customer_id
  join usage_record r on r.subject = o.subject and r.starts >= o.starts and r.starts < o.ends
                     and r.type = m.record_type
                     and (m.dimensions = '{}' or r.dimensions @> m.dimensions)
  join intake_batch b on b.id = r.batch_id
  left join withdrawn w on w.batch_id = r.batch_id and w.line_no = r.line_no;
