-- The rate cards that a grant may settle; an empty list is all of them.
alter table wallet_grant add column items text[] not null default '{}';

-- Where money is rounded: the exact net of each line once, or every part of it.
alter table contract add column rounding text not null default 'per_line'
  check (rounding in ('per_line', 'per_part'));
