-- Notes what became of lines of a file of requests.
insert into settled_line (run_id, line_no, outcome, customer, key, reason, message, text)
select :run, l.*
  from unnest(:lines::bigint[], :outcomes::text[], :customers::text[], :keys::text[], :reasons::text[],
              :messages::text[], :texts::text[]) as l
