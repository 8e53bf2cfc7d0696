-- Whether a moment is within quiet hours of every day, p_from to p_to minutes after midnight by the clocks of a zone: from the first
-- minute on, to the last and not its end. A time that clocks skip is as much later as they skip; one that they show twice is the second.
create or replace function macroplan.is_quiet(p_from int, p_to int, p_zone text, p_at timestamptz)
returns boolean
language sql
stable
parallel safe
as $$
  select exists (
    select
    from generate_series(0, 1) as back
    cross join lateral (select (p_at at time zone p_zone)::date - back as day) as days
    where p_at >= (day + make_interval(mins => p_from)) at time zone p_zone
      and p_at < (day + make_interval(days => (p_to < p_from)::int, mins => p_to)) at time zone p_zone
  )
$$;
