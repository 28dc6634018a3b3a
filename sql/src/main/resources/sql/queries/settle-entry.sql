-- Keeps what was settled on a customer's wallets: the entry, its movements, and that the wallets have
-- moved.
with entry as (
  insert into wallet_entry (id, customer_id, kind, key, about_id, units, amount, at, expires)
  values (:id, :customer, :kind, :key, :about::uuid, :units, :amount, :at, :expires::timestamptz)
  returning id, customer_id
), opened as (
  insert into open_hold (entry_id, customer_id, expires)
  select id, customer_id, :expires::timestamptz
    from entry
   where :kind = 'hold'
), ended as (
  delete from open_hold h
   using entry e
   where h.entry_id = :about::uuid
), moves as (
  select grant_id, kind, amount
    from unnest(:grants::uuid[], :kinds::text[], :amounts::text[]::numeric[]) as m (grant_id, kind, amount)
), moved as (
  insert into wallet_movement (customer_id, grant_id, kind, reference, amount, entry_id)
  select e.customer_id, m.grant_id, m.kind, :kind || '/' || :key, m.amount, e.id
    from entry e cross join moves m
  returning grant_id
)
update wallet w
   set version = w.version + 1
 where w.id in (select g.wallet_id from wallet_grant g where g.id in (select grant_id from moved))
