\set wallet random(1, :wallets)
\set n random(1, 1000000000000000000)
begin;
select balance, version from bench_wallet where id = :wallet for update;
select kind, amount from bench_entry where wallet_id = :wallet and key = 'k' || :n::text;
insert into bench_entry (wallet_id, kind, key, amount, at)
  values (:wallet, 'hold', 'k' || :n::text, 0.05, now()) returning id as entry \gset
insert into bench_movement (wallet_id, kind, reference, amount, entry_id)
  values (:wallet, 'hold', 'hold/k' || :n::text, -0.05, :entry);
update bench_wallet set balance = balance - 0.05, version = version + 1 where id = :wallet;
update bench_head set entries = entries + 1, hash = encode(sha256(hash::bytea), 'hex')
 where wallet_id = :wallet returning entries, hash \gset
insert into bench_journal (wallet_id, chain_no, reference, hash)
  values (:wallet, :entries, 'wallet/' || :wallet::text || '/hold/k' || :n::text, :hash) returning id as journal \gset
insert into bench_posting (entry_id, posting_no, account, side, amount, unit)
  values (:journal, 1, 'CUSTOMER_CREDIT', 'debit', 0.05, 'VC'), (:journal, 2, 'CREDIT_HELD', 'credit', 0.05, 'VC');
end;
