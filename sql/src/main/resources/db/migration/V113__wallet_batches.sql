-- Entries are looked up by the requests' keys, many at a time; holds by the time when they are over.

alter table wallet_entry drop constraint wallet_entry_customer_id_kind_key_key;
alter table wallet_entry add constraint wallet_entry_request unique (customer_id, key, kind);
create index open_hold_due on open_hold (expires);
