-- Customers with holds whose time is over, those that are over longest first. By open_hold_due.
select customer_id
  from (select h.customer_id, h.expires
          from open_hold h
         where h.expires <= :at
         order by h.expires
         limit :limit) h
 group by customer_id
 order by customer_id
