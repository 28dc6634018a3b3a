-- The recurring grants of some customers of which an occurrence has begun at an instant and was not given
-- yet. By recurring_grant_customer.
select r.id, r.customer_id, c.key as customer_key, c.zone, r.wallet_id, w.unit, r.key, r.kind, r.amount,
       r.priority, r.effective, r.expires, r.items, r.kept_min, r.kept_max, r.every, r.next_no
  from recurring_grant r
  join customer c on c.id = r.customer_id
  join wallet w on w.id = r.wallet_id
 where r.customer_id = any (:customers) and r.next_at <= :at
 order by r.customer_id, r.id
