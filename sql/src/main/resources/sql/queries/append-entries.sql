-- Appends entries to the books with their postings, and moves the heads of their customers' chains.
with entries as (
  insert into journal_entry (id, customer_id, chain_no, reference, entry_date, invoice_id, run_id, hash)
  select *
    from unnest(:ids::uuid[], :owners::uuid[], :chainNos::bigint[], :references::text[],
                :dates::text[]::date[], :invoices::uuid[], :runs::uuid[], :hashes::text[])
), postings as (
  insert into posting (entry_id, posting_no, account, side, amount, unit)
  select *
    from unnest(:entries::uuid[], :postingNos::int[], :accounts::text[], :sides::text[],
                :amounts::text[]::numeric[], :units::text[])
)
update ledger_head h
   set entries = n.entries, hash = n.hash
  from unnest(:customers::uuid[], :headEntries::bigint[], :headHashes::text[]) as n (customer_id, entries, hash)
 where n.customer_id = h.customer_id
