-- The newest moment up to p_at at which the clocks of a zone show a full hour that p_every divides: 00:00, 02:00, … for every two. One
-- that clocks skip is left out, and one that they show twice is two. All zones are whole quarters of an hour from UTC.
create or replace function macroplan.beat(p_every int, p_zone text, p_at timestamptz)
returns timestamptz
language sql
stable
parallel safe
as $$
  select max(quarter)
  from (
    select to_timestamp(floor(extract(epoch from p_at) / 900) * 900) - make_interval(mins => back * 15) as quarter
    -- Where midnight is skipped, there is none for twelve hours.
    from generate_series(0, 52) as back
  ) as quarters
  where extract(minute from quarter at time zone p_zone) = 0
    and extract(hour from quarter at time zone p_zone)::int % p_every = 0
$$;
