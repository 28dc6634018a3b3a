-- One row: a usage record by its identity, with the line that brought it, its withdrawal if there is
-- one, and the customer whose subject it is of, if there is one. Primary keys of usage_identity and
-- usage_record.
select i.source, i.id, f.name as file, f.sha256, r.line_no as line, f.started_at as taken_in,
       b.id as batch, b.position, r.type, r.subject, r.starts, r.ends, r.quantity,
       coalesce(r.dimensions, '{}')::text as dimensions, w.withdrawn_at, w.reason as withdrawn_reason,
       exists (select from late_usage l
                where l.batch_id = r.batch_id and l.line_no = r.line_no) as is_late,
       n.position as withdrawn_position, c.key as customer, c.name as customer_name, y.key as payer
  from usage_identity i
  join usage_record r on r.batch_id = i.batch_id and r.line_no = i.line_no
  join intake_batch b on b.id = r.batch_id
  join intake_file f on f.id = b.file_id
  left join withdrawal w on w.batch_id = r.batch_id and w.line_no = r.line_no
  left join intake_batch n on n.id = w.withdrawn_in
  left join owner s on s.subject = r.subject and r.starts >= s.starts and r.starts < s.ends
                   and s.ended is null
  left join customer c on c.id = s.customer_id
  left join customer y on y.id = c.payer_id
 where i.source = :source and i.id = :id
