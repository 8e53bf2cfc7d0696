-- A moment as the wire carries it: milliseconds since 1970-01-01T00:00Z.
create or replace function macroplan.milliseconds(p_moment timestamptz)
returns bigint
language sql
stable
parallel safe
as $$
  select floor(extract(epoch from p_moment) * 1000)::bigint
$$;
