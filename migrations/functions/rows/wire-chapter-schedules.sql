-- Moments travel as integers; see wire.sql.
create or replace function macroplan.wire(p_row macroplan.chapter_schedules)
returns jsonb
language sql
stable
parallel safe
as $$
  select to_jsonb(p_row) - 'plan_id' || jsonb_build_object(
    'planned_start', macroplan.minutes(p_row.planned_start),
    'planned_end', macroplan.minutes(p_row.planned_end),
    'actual_start', macroplan.minutes(p_row.actual_start),
    'actual_end', macroplan.minutes(p_row.actual_end),
    'must_finish_by', macroplan.minutes(p_row.must_finish_by)
  )
$$;
