-- Gives every committed batch without a position the next ones, in the order they were created.
-- Under the lock of the caller: a batch that commits later gets a later position, whatever its id.
with fresh as (
  select b.id, row_number() over (order by b.id) as n
    from intake_batch b
   where b.position is null
)
update intake_batch b
   set position = (select coalesce(max(position), 0) from intake_batch) + fresh.n
  from fresh
 where fresh.id = b.id
