-- Moments travel as integers; see wire.sql.
create or replace function macroplan.wire(p_row macroplan.conflicts)
returns jsonb
language sql
stable
parallel safe
as $$
  select to_jsonb(p_row) - 'plan_id' || jsonb_build_object(
    'at', macroplan.milliseconds(p_row.at)
  )
$$;
