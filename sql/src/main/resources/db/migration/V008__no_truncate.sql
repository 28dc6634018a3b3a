-- Append-only also means: not emptied.
do $$
declare
  history text;
begin
  foreach history in array array[
      'catalog_entry', 'terms', 'item_terms', 'usage_identity', 'usage_record', 'line_disposition',
      'wallet_grant', 'wallet_movement', 'invoice', 'invoice_line', 'invoice_line_part',
      'invoice_drawdown', 'billed_span', 'journal_entry', 'posting']
  loop
    execute format('create trigger not_emptied before truncate on %I'
                   ' for each statement execute function refuse_change()', history);
  end loop;
end
$$;
