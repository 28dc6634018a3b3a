-- Keeps what was settled on customers' wallets: the entries, in their order, the holds that are open and
-- those that are not any more, the movements, and that the wallets have moved. What is sent is joined
-- with nothing but tables, by their keys. The units of an entry are a JSON array.
with kept as (
  insert into wallet_entry (id, customer_id, kind, key, about_id, units, amount, at, expires, details)
  select e.id, e.customer_id, e.kind, e.key, e.about_id, u.units, e.amount, e.at, e.expires, e.details::jsonb
    from unnest(:ids::uuid[], :customers::uuid[], :kinds::text[], :keys::text[], :abouts::uuid[],
                :units::text[], :amounts::text[]::numeric[], :ats::text[]::timestamptz[],
                :expiries::text[]::timestamptz[], :details::text[])
           with ordinality
           as e (id, customer_id, kind, key, about_id, units, amount, at, expires, details, entry_no)
   cross join lateral (
           select array_agg(unit order by unit_no) as units
             from jsonb_array_elements_text(e.units::jsonb) with ordinality as u (unit, unit_no)) u
   order by e.entry_no
), opened as (
  insert into open_hold (entry_id, customer_id, expires)
  select *
    from unnest(:opened::uuid[], :openedOf::uuid[], :openedUntil::text[]::timestamptz[])
), ended as (
  delete from open_hold h
   where h.entry_id in (select unnest(:abouts::uuid[]))
), moved as (
  insert into wallet_movement (customer_id, grant_id, kind, reference, amount, entry_id)
  select m.customer_id, m.grant_id, m.kind, m.reference, m.amount, m.entry_id
    from unnest(:movedOf::uuid[], :grants::uuid[], :purposes::text[], :references::text[],
                :moves::text[]::numeric[], :moved::uuid[])
           with ordinality as m (customer_id, grant_id, kind, reference, amount, entry_id, move_no)
   order by m.move_no
)
update wallet w
   set version = w.version + 1
 where w.id in (select g.wallet_id from wallet_grant g where g.id in (select unnest(:grants::uuid[])))
