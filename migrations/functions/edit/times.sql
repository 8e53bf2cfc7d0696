-- A pair of planned times in wire form.
create or replace function macroplan.times(p_start bigint, p_end bigint)
returns jsonb
language sql
immutable
as $$
  select jsonb_build_object('planned_start', p_start, 'planned_end', p_end)
$$;
