-- What became of a usage record at every contract item of its customer whose meter takes its type: a
-- row for each service period that it lies in, or one that says why there is none. `value` is what
-- the meter adds up of it in the period, in base units. A period is metered as meter.sql does it. A
-- line counts the record if its run did: by cut-off, as-of and withdrawal as remeter-run.sql has them,
-- and the customer had the subject by then; one who has it no longer is there with what was billed. Where a cut moved the record into another period, the
-- lines of the one that was billed with it are there too. Indexes subject_customer,
-- contract_item_customer, and those of service_period and invoice_line by item.
with record as (
  select r.*, b.position, w.batch_id is not null as is_withdrawn, w.position as withdrawn,
         c.id as customer_id, c.zone, c.currency, g.cutoff, g.as_of, q.quarantined, o.is_moved
    from usage_record r
    join intake_batch b on b.id = r.batch_id
    left join withdrawn w on w.batch_id = r.batch_id and w.line_no = r.line_no
   cross join lateral (
         select n.customer_id, bool_and(n.ended is not null) as is_moved
           from owner n
          where n.subject = r.subject and n.starts <= r.starts and n.ends > r.starts
          group by n.customer_id) o
    join customer c on c.id = o.customer_id
    left join metered_through g on g.customer_id = c.id
    left join lateral (
         select 'run ' || v.run_no || ': ' || q.reason as quarantined
           from run_customer q
           join business_run v on v.id = q.run_id
          where q.run_id = g.run_id and q.customer_id = c.id and q.outcome = 'quarantined') q on true
   where r.batch_id = :batch and r.line_no = :line
), item as (
  select r.*, i.id as item_id, i.key as item, i.credit_unit, k.key as contract, k.starts as contract_starts,
         k.ends as contract_ends, m.key as meter, m.aggregation, m.attribution, m.value as counted, m.unit,
         m.factor_numerator, m.factor_divisor, t.at, t.last,
         m.dimensions = '{}' or coalesce(r.dimensions @> m.dimensions, false) as is_taken,
         t.last >= k.starts and (k.ends is null or t.at < k.ends) as is_in_force
    from record r
    join contract_item i on i.customer_id = r.customer_id
    join contract k on k.id = i.contract_id
    join meter m on m.key = i.meter_key and m.record_type = r.type
   cross join lateral (
         select metered_at(m.attribution, r.starts, r.ends) as at,
                metered_at(case when m.attribution = 'split' then 'end' else m.attribution end,
                           r.starts, r.ends) as last) t
), piece as (
  select i.*, p.starts as period_starts, p.ends as period_ends, p.due_at, p.is_rated, p.is_settled,
         greatest(i.at, p.starts) as piece_at,
         least(i.last, p.ends - interval '1 microsecond') as piece_last,
         case when i.aggregation = 'unique_count' then null
              when i.attribution = 'split'
              then metered_value(i.aggregation, i.counted, i.quantity,
                     greatest(i.starts, p.starts), least(i.ends, p.ends))
              else metered_value(i.aggregation, i.counted, i.quantity, i.starts, i.ends) end as value,
         coalesce(i.position <= i.cutoff and greatest(i.at, p.starts) < i.as_of
                  and (i.withdrawn <= i.cutoff) is not true and not i.is_moved, false) as is_metered
    from item i
    left join service_period p
      on p.item_id = i.item_id and p.starts <= i.last and p.ends > i.at and i.is_taken and i.is_in_force
)
select p.item, p.contract, p.contract_starts, p.contract_ends, p.meter, p.zone,
       p.is_taken and p.is_in_force as covers, p.period_starts as starts, p.period_ends as ends,
       p.due_at, p.value, p.factor_numerator, p.factor_divisor, p.unit, p.is_metered, h.quantity, h.net,
       coalesce(p.credit_unit, p.currency) as currency, p.is_rated,
       case when not p.is_taken then 'the meter takes only records with other dimensions'
            when not p.is_in_force then 'the contract is not in force then'
            when p.is_moved then 'its subject is another customer''s now, does not count'
            when p.is_withdrawn and not p.is_metered then 'withdrawn, does not count'
            when p.period_starts is null then 'no run has opened its service period yet'
            when p.cutoff is null then 'not metered yet: its customer waits for a run'
            when coalesce(p.position > p.cutoff, true)
            then 'not metered yet: it came in after the last run'
            when not p.is_metered then 'not metered yet: the as-of of the last run is before it'
            when p.is_withdrawn then 'withdrawn, the next run takes it out'
            when l.is_billed and p.is_settled then 'billed'
            when l.is_billed then 'billed; to be settled anew, the next invoice has what differs'
            when p.due_at > p.as_of then 'metered, not yet due'
            when p.is_settled then 'metered, nothing to bill for it'
            when p.quarantined is not null then 'metered, quarantined in ' || p.quarantined
            when l.lines is not null then 'metered, the next invoice has the difference'
            else 'metered, no invoice yet' end as state,
       json_build_object('lines', coalesce(l.lines, '[]'))::text as lines
  from piece p
  left join rated_charge h on h.item_id = p.item_id and h.starts = p.period_starts
  left join lateral (
       select json_agg(json_build_object(
                'invoice', b.invoice, 'line', b.line_no, 'category', b.category, 'issued', b.issue_date,
                'run', b.run_no, 'to', b.payer, 'period_from', b.period_from, 'period_to', b.period_to,
                'quantity', b.quantity, 'amount', b.amount, 'counts_it', b.counts_it)
                order by b.run_no, b.invoice, b.line_no) as lines,
              (array_agg(b.counts_it order by b.run_no desc) filter (where b.starts = p.period_starts))[1]
                as is_billed
         from (select v.series || '-' || lpad(v.sequence::text, 6, '0') as invoice, l.line_no, l.category,
                      v.issue_date, a.run_no, y.key as payer, l.starts, l.quantity, l.amount,
                      (l.starts at time zone p.zone)::date as period_from,
                      (l.ends at time zone p.zone)::date   as period_to,
                      coalesce(p.position <= a.cutoff, false) and (p.withdrawn <= a.cutoff) is not true
                        and p.piece_at < least(l.ends, z.as_of) and p.piece_last >= l.starts
                        and exists (
                              select from owner n
                               where n.subject = p.subject and n.customer_id = p.customer_id
                                 and n.starts <= p.starts and n.ends > p.starts and n.assigned <= a.cutoff
                                 and (n.ended <= a.cutoff) is not true) as counts_it
                 from invoice_line l
                 join invoice v on v.id = l.invoice_id and v.sequence is not null
                 join business_run a on a.id = v.run_id
                 join run_as_of z on z.run_id = a.id and z.zone = p.zone
                 join customer y on y.id = v.customer_id
                where l.item_id = p.item_id and p.is_taken
                  and (l.starts = p.period_starts
                       or exists (select from invoice_line x
                                   where x.item_id = l.item_id and x.starts = l.starts
                                     and x.starts <= p.piece_last and x.ends > p.piece_at))) b) l on true
 where not p.is_moved or l.lines is not null
 order by p.contract collate "C", p.item collate "C", p.period_starts
