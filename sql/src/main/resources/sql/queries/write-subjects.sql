-- Makes `subjects`, from `starts` to `ends` each (arrays, columns of one table), those of a customer:
-- ends what is not among them, adds what is new, leaves the rest as it is; one row, how many rows
-- changed. Runs that may have counted usage of them are told from those to come by a batch without
-- lines, an unseen one if there is one. Where nothing was ever counted there is nothing to tell.
with declared as (
  select distinct d.subject, d.starts::timestamptz as starts, d.ends::timestamptz as ends
    from unnest(:subjects::text[], :starts::text[], :ends::text[]) as d (subject, starts, ends)
), gone as (
  select s.subject, s.starts
    from subject s
   where s.customer_id = :customer and s.ended_in is null
     and not exists (select from declared d
                      where (d.subject, d.starts, d.ends) = (s.subject, s.starts, s.ends))
), fresh as (
  select d.*
    from declared d
   where not exists (select from subject s
                      where s.customer_id = :customer and s.ended_in is null
                        and (d.subject, d.starts, d.ends) = (s.subject, s.starts, s.ends))
), counted as (
  select where exists (select from gone)
            or exists (select from fresh f join subject s on s.subject = f.subject)
            or exists (select from fresh)
               and exists (select from service_period p
                             join contract_item i on i.id = p.item_id and i.meter_key is not null
                            where p.customer_id = :customer)
), unseen as (
  select min(b.id) as id from intake_batch b where b.position is null and b.file_id is null
), made as (
  insert into intake_batch (first_line, last_line, comments, accepted, duplicate, filtered, suspended,
         quantity)
  select 1, 0, 0, 0, 0, 0, 0, 0
    from counted, unseen
   where unseen.id is null
  returning id
), batch as (
  select coalesce(u.id, m.id) as id from counted cross join unseen u left join made m on true
), ended as (
  update subject s
     set ended_in = b.id
    from gone g cross join batch b
   where s.customer_id = :customer and s.ended_in is null
     and s.subject = g.subject and s.starts = g.starts
), added as (
  insert into subject (subject, customer_id, starts, ends, assigned_in)
  select f.subject, :customer, f.starts, f.ends, (select b.id from batch b) from fresh f
)
select (select count(*) from gone) + (select count(*) from fresh)
