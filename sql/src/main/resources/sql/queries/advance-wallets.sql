-- Counts up the version of every wallet that a run's drafts were drawn up on.
update wallet w
   set version = w.version + 1
 where w.id in (select i.wallet_id from invoice i where i.run_id = :run and i.sequence is null)
