-- An instant as the wire carries it: whole minutes since 1970-01-01T00:00Z.
-- Stable and no more, as extract() is; only so can it be merged into the statements that call it.
create or replace function macroplan.minutes(p_instant timestamptz)
returns bigint
language sql
stable
parallel safe
as $$
  select (extract(epoch from p_instant) / 60)::bigint
$$;
