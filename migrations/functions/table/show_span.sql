-- A span as clocks of a zone show it: "22:15 – 01:45 (+1)", one time for a moment. With p_has_offset each clock says how far
-- it is from UTC, for days on which clocks change; in the hour that they show twice it does so always.
create or replace function macroplan.show_span(
  p_start timestamptz,
  p_end timestamptz,
  p_zone text,
  p_has_offset boolean
)
returns text
language sql
stable
parallel safe
as $$
  select macroplan.show_clock(p_start, p_zone, p_has_offset)
    || case
      when p_end = p_start then ''
      else ' – ' || macroplan.show_clock(p_end, p_zone, p_has_offset)
        || case when days = 0 then '' else format(' (+%s)', days) end
    end
  from (select (p_end at time zone p_zone)::date - (p_start at time zone p_zone)::date as days) as span
$$;
