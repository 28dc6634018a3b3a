-- Notes which records of a file came in after a service period that they count in was metered to its
-- end. They are billed like any; their customer gets the difference with the next invoice.
insert into late_usage (batch_id, line_no)
select r.batch_id, r.line_no
  from intake_batch b
  join usage_record r on r.batch_id = b.id
  join owner o on o.subject = r.subject and o.starts <= r.starts and o.ends > r.starts
              and o.ended is null
  join metered_through g on g.customer_id = o.customer_id and r.starts < g.as_of
 where b.file_id = :file
   and exists (
         select from contract_item i
           join meter m on m.key = i.meter_key and m.record_type = r.type
           join service_period p on p.item_id = i.id and p.ends <= g.as_of
                                and p.starts <= metered_at(m.attribution, r.starts, r.ends)
                                and p.ends > metered_at(m.attribution, r.starts, r.ends)
          where i.customer_id = o.customer_id)
    on conflict (batch_id, line_no) do nothing
