-- The customers that a run wrote documents or entries for, in the order of the canonical form.
select c.id, c.key
  from customer c
 where exists (select from journal_entry e where e.customer_id = c.id and e.run_id = :run)
    or exists (select from invoice i where i.customer_id = c.id and i.run_id = :run
                                       and i.sequence is not null)
 order by c.key collate "C"
