-- Until the transaction ends, statements are planned once and go by keys: planning one that settles a
-- request takes longer than running it, and a plan from the time of small tables would read them whole.
select set_config('plan_cache_mode', 'force_generic_plan', true),
       set_config('enable_seqscan', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true)
