-- One row: what intake and metering say of the records up to the cut-off; count-usage.sql must
-- agree.
select (select coalesce(sum(b.accepted), 0) from intake_batch b where b.position <= :cutoff)
         as accepted,
       (select coalesce(sum(p.records), 0)
          from service_period p
          join contract_item i on i.id = p.item_id and i.meter_key is not null) as metered
