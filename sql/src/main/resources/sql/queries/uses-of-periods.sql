-- The usage records of service periods, up to a cut-off, not withdrawn by then, and before an instant
-- of each, in the order of time, source and id: what rules for single records are applied to.
select s.item_id, s.starts, u.source, u.id, u.starts as used_at, u.dimensions::text as dimensions,
       metered_value(u.aggregation, u.value, u.quantity, u.starts, u.ends) as value
  from unnest(:items::uuid[], :starts::text[]::timestamptz[], :through::text[]::timestamptz[],
              :cutoffs::bigint[]) as s (item_id, starts, through, cutoff)
  join item_usage u
    on u.item_id = s.item_id and u.position <= s.cutoff and (u.withdrawn <= s.cutoff) is not true
   and u.ends >= s.starts and u.at >= s.starts and u.at < s.through
 order by s.item_id, s.starts, u.at, u.source, u.id
