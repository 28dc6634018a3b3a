-- Cuts the service period of an item that goes on at an instant, where other terms begin: the first
-- part keeps what was billed of it, and every part of the full period is priced anew.
with whole as (
  select p.customer_id, p.item_id, p.starts, p.ends, p.full_starts, p.full_ends, p.due_at,
         i.meter_key is null and i.covers is null and i.owed_unit is null as is_fee
    from service_period p
    join contract_item i on i.id = p.item_id
   where p.item_id = :item and p.starts < :at and p.ends > :at
), parts as (
  update service_period p
     set ends       = case when p.starts = w.starts then :at else p.ends end,
         is_rated   = false,
         is_settled = false
    from whole w
   where p.item_id = w.item_id and p.full_starts = w.full_starts
)
insert into service_period (customer_id, item_id, starts, ends, full_starts, full_ends, due_at,
       quantity, records)
select customer_id, item_id, :at, ends, full_starts, full_ends, due_at,
       case when is_fee then 1 else 0 end, 0
  from whole
