-- The next customers of a partition with a numbered invoice of this run that is not in the books.
select distinct c.id
  from customer c
  join invoice i on i.customer_id = c.id and i.run_id = :run and i.sequence is not null
 where c.shard >= :shardFrom and c.shard < :shardTo
   and c.id > :after
   and not exists (select from journal_entry e where e.invoice_id = i.id)
 order by c.id
 limit :limit
