-- Takes what is left out of a grant; returns how much, no row if nothing is.
insert into wallet_movement (customer_id, grant_id, kind, reference, amount, reason, voided_at)
select g.customer_id, g.id, 'void',
       'void/' || (select count(*) + 1 from wallet_movement v where v.grant_id = g.id and v.kind = 'void'),
       -b.balance, :reason, :at
  from wallet_grant g
  join credit_balance b on b.grant_id = g.id
 where g.id = :grant and b.balance > 0
returning reference, -amount as amount
