-- Whether the clocks of a zone show the time of an instant once more, before or after it. The twin of toInstant in src/store/zone.ts: by how
-- far they were from UTC before the change and how far after it, the same time is two instants then. No zone is further from UTC than
-- 14 hours east or 12 west.
create or replace function macroplan.is_shown_twice(p_instant timestamptz, p_zone text)
returns boolean
language sql
stable
parallel safe
as $$
  select early <> late and early at time zone p_zone = clock and late at time zone p_zone = clock
  from (
    select clock,
      (clock - ((before at time zone p_zone) - (before at time zone 'UTC'))) at time zone 'UTC' as early,
      (clock - ((after at time zone p_zone) - (after at time zone 'UTC'))) at time zone 'UTC' as late
    from (select p_instant at time zone p_zone as clock) as local
    cross join lateral (
      select (clock - interval '14 hours 1 minute') at time zone 'UTC' as before,
        (clock + interval '12 hours 1 minute') at time zone 'UTC' as after
    ) as around
  ) as both_ways
$$;
