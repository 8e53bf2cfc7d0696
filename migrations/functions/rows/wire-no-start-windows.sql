-- Moments travel as integers; see wire.sql.
create or replace function macroplan.wire(p_row macroplan.no_start_windows)
returns jsonb
language sql
stable
parallel safe
as $$
  select to_jsonb(p_row) - 'plan_id' || jsonb_build_object(
    'window_start', macroplan.minutes(p_row.window_start),
    'window_end', macroplan.minutes(p_row.window_end)
  )
$$;
