-- A look-up per row took a quarter of an intake. A batch and its rows are written in one transaction
-- and never changed; the check files-are-accounted-for counts rows against batches, both ways.
alter table usage_record drop constraint usage_record_batch_id_fkey;
alter table line_disposition drop constraint line_disposition_batch_id_fkey;
