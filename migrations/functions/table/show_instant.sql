-- An instant as people of a zone say it: "Sat 24 Oct 2026 22:30", "Sun 25 Oct 2026 02:30 UTC+2" in the hour that clocks show twice.
create or replace function macroplan.show_instant(p_instant timestamptz, p_zone text)
returns text
language sql
stable
parallel safe
as $$
  select to_char(p_instant at time zone p_zone, 'Dy DD Mon YYYY ') || macroplan.show_clock(p_instant, p_zone, false)
$$;
