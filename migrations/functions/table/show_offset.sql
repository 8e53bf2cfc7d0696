-- How far a zone's clocks are from UTC at an instant: "UTC+2", "UTC-3:30", "UTC".
create or replace function macroplan.show_offset(p_instant timestamptz, p_zone text)
returns text
language sql
stable
parallel safe
as $$
  select 'UTC' || case
    when minutes = 0 then ''
    else case when minutes < 0 then '-' else '+' end
      || abs(minutes) / 60
      || case when mod(abs(minutes), 60) = 0 then '' else ':' || lpad(mod(abs(minutes), 60)::text, 2, '0') end
  end
  from (
    select (extract(epoch from (p_instant at time zone p_zone) - (p_instant at time zone 'UTC')) / 60)::int as minutes
  ) as zone
$$;
