-- What the clocks of a zone show at an instant: "22:30"; with p_has_offset, and always in the hour that they show twice, with how far
-- they are from UTC: "02:30 UTC+2".
create or replace function macroplan.show_clock(p_instant timestamptz, p_zone text, p_has_offset boolean)
returns text
language sql
stable
parallel safe
as $$
  select to_char(p_instant at time zone p_zone, 'HH24:MI') || case
    when p_has_offset or macroplan.is_shown_twice(p_instant, p_zone) then ' ' || macroplan.show_offset(p_instant, p_zone)
    else ''
  end
$$;
