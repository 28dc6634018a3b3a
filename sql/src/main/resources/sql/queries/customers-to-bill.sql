-- Those whom a chunk of payers pay for in a run: every customer of the run's scope who did not end in
-- it yet. `held_back` says why the payer gets no bill. Index customer_payer.
select c.id, c.payer_id, y.currency, y.invoicing,
       'payer ' || y.key || ' is quarantined: ' || o.reason as held_back
  from customer y
  join customer c on c.payer_id = y.id
  join business_run r on r.id = :run
  left join run_customer o on o.run_id = r.id and o.customer_id = y.id and o.outcome = 'quarantined'
 where y.id = any (:payers)
   and (r.scope = 'all' or c.key = any (string_to_array(r.scope, ',')))
   and not exists (select from run_customer e where e.run_id = r.id and e.customer_id = c.id)
 order by c.payer_id, c.id
