-- The next customers with a recurring grant of which an occurrence has begun at an instant and was not given
-- yet. By recurring_grant_due.
select distinct customer_id
  from recurring_grant
 where next_at <= :at
 order by 1
 limit :limit
