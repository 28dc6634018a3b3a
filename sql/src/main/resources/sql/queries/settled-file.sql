-- What became of a file of requests: its lines by their outcome.
select f.name as file, count(l.line_no) as lines, count(*) filter (where outcome = 'settled') as settled,
       count(*) filter (where outcome = 'repeated') as repeated,
       count(*) filter (where outcome = 'refused') as refused,
       count(*) filter (where outcome = 'unreadable') as unreadable,
       count(*) filter (where outcome = 'no_request') as "no request"
  from settled_file f
  left join settled_line l on l.run_id = f.run_id
 where f.run_id = :run
 group by f.run_id
