-- Planned times in a mail: "Sat 24 Oct 2026 22:30 – 03:30 (+1), 5h". p_times: [start, end] in minutes.
create or replace function macroplan.show_times(p_times jsonb, p_zone text)
returns text
language sql
stable
parallel safe
as $$
  select to_char(starts at time zone p_zone, 'Dy DD Mon YYYY ')
    || macroplan.show_span(starts, ends, p_zone, false)
    || case when ends > starts then ', ' || macroplan.show_duration(macroplan.minutes(ends) - macroplan.minutes(starts)) else '' end
  from (
    select to_timestamp((p_times ->> 0)::bigint * 60) as starts, to_timestamp((p_times ->> 1)::bigint * 60) as ends
  ) as times
$$;
