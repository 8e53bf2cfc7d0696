-- Elapsed minutes as people say them: "45m", "3h", "3h30", "1d 2h30"; the twin of durationText in src/store/times-text.ts.
create or replace function macroplan.show_duration(p_minutes bigint)
returns text
language sql
immutable
parallel safe
as $$
  select concat_ws(
    ' ',
    case when p_minutes >= 1440 then p_minutes / 1440 || 'd' end,
    case
      when mod(p_minutes, 1440) >= 60
      then mod(p_minutes, 1440) / 60 || 'h'
        || case when mod(p_minutes, 60) = 0 then '' else lpad(mod(p_minutes, 60)::text, 2, '0') end
      when mod(p_minutes, 60) > 0 or p_minutes < 1440 then mod(p_minutes, 60) || 'm'
    end
  )
$$;
