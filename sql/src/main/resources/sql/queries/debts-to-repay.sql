-- Customers who owe on a wallet that has credit in force at an instant. By credit_balance_owed.
select distinct o.customer_id
  from credit_balance d
  join wallet_grant o on o.id = d.grant_id
 where d.balance < 0
   and exists (
         select from wallet_grant g
           join credit_balance b on b.grant_id = g.id and b.balance > 0
          where g.wallet_id = o.wallet_id and g.effective <= :at and g.expires > :at)
 order by 1
 limit :limit
