-- What an import would make of the records of files that were only read: a row per row of dry_run_record, into the
-- temporary table dry_run. The first line of an identity has it, in the order of the files (:sha256s, joined by commas)
-- and their lines, unless it is known; an import that was interrupted keeps what it has.
-- Index: usage_identity_pkey.
create temp table dry_run on commit drop as
select r.file_no,
       r.line_no,
       r.source,
       r.id,
       r.subject,
       r.starts,
       r.ends,
       r.quantity,
       case
         when f.sha256 = (string_to_array(:sha256s, ','))[r.file_no] and known.line_no = r.line_no then 'accepted'
         when known.digest is null and r.place = 1 then 'accepted'
         when coalesce(known.digest, r.first_digest) = r.digest then 'duplicate'
         else 'conflict'
       end as disposition
  from (select d.*,
               first_value(d.digest) over same_identity as first_digest,
               row_number() over same_identity as place
          from dry_run_record d
        window same_identity as (partition by d.source, d.id order by d.file_no, d.line_no)) r
  left join usage_identity known on known.source = r.source and known.id = r.id
  left join intake_batch b on b.id = known.batch_id
  left join intake_file f on f.id = b.file_id
