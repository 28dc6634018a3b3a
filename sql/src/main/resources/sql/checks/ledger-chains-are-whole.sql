-- A customer's entries are numbered 1 to the head's count, and the head carries the last one's hash.
-- (The hashes themselves are computed anew by `tallystick verify`.)
select c.key || ' has ' || count(e.id) || ' entries up to ' || coalesce(max(e.chain_no), 0)
         || ', the head says ' || coalesce(h.entries, 0) as finding
  from customer c
  left join ledger_head h on h.customer_id = c.id
  left join journal_entry e on e.customer_id = c.id
 group by c.id, h.customer_id
having count(e.id) <> coalesce(h.entries, 0)
    or coalesce(max(e.chain_no), 0) <> coalesce(h.entries, 0)
    or (array_agg(e.hash order by e.chain_no desc))[1] is distinct from h.hash
 order by 1
