-- Paid credit that a correction frees after its grant has expired stays the customer's: it moves on to
-- a grant that never expires.

alter table wallet_grant add column returned_from uuid references wallet_grant;

alter table wallet_movement drop constraint wallet_movement_kind_check;
alter table wallet_movement add constraint wallet_movement_kind_check
  check (kind in ('grant', 'drawdown', 'expiry', 'return'));
