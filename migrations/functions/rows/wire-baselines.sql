-- Moments travel as integers; see wire.sql.
create or replace function macroplan.wire(p_row macroplan.baselines)
returns jsonb
language sql
stable
parallel safe
as $$
  select to_jsonb(p_row) - 'plan_id' || jsonb_build_object(
    'taken_at', macroplan.minutes(p_row.taken_at)
  )
$$;
