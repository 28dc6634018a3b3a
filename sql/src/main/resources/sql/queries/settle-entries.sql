-- Keeps what was settled on customers' wallets: the entries, in their order, their movements, and that
-- the wallets have moved. The units of an entry are a JSON array.
with entries as materialized (
  select e.id, e.customer_id, e.kind, e.key, e.about_id, u.units, e.amount, e.at, e.expires,
         e.details::jsonb as details, e.entry_no
    from unnest(:ids::uuid[], :customers::uuid[], :kinds::text[], :keys::text[], :abouts::uuid[],
                :units::text[], :amounts::text[]::numeric[], :ats::text[]::timestamptz[],
                :expiries::text[]::timestamptz[], :details::text[])
           with ordinality
           as e (id, customer_id, kind, key, about_id, units, amount, at, expires, details, entry_no)
   cross join lateral (
           select array_agg(unit order by unit_no) as units
             from jsonb_array_elements_text(e.units::jsonb) with ordinality as u (unit, unit_no)) u
), kept as (
  insert into wallet_entry (id, customer_id, kind, key, about_id, units, amount, at, expires, details)
  select id, customer_id, kind, key, about_id, units, amount, at, expires, details
    from entries
   order by entry_no
), opened as (
  insert into open_hold (entry_id, customer_id, expires)
  select h.id, h.customer_id, h.expires
    from entries h
   where h.kind = 'hold' and not exists (select from entries e where e.about_id = h.id)
), ended as (
  delete from open_hold h
   where h.entry_id in (select about_id from entries)
), moved as (
  insert into wallet_movement (customer_id, grant_id, kind, reference, amount, entry_id)
  select e.customer_id, m.grant_id, m.kind, e.kind || '/' || e.key, m.amount, e.id
    from unnest(:moved::uuid[], :grants::uuid[], :purposes::text[], :moves::text[]::numeric[])
           with ordinality as m (entry_id, grant_id, kind, amount, move_no)
    join entries e on e.id = m.entry_id
   order by m.move_no
  returning grant_id
)
update wallet w
   set version = w.version + 1
 where w.id in (select g.wallet_id from wallet_grant g where g.id in (select grant_id from moved))
