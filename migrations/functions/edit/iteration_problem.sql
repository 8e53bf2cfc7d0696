-- A finished iteration keeps its schedules as they are; from the freeze on, only a lead changes planned times. p_row is
-- the schedule that an op would change in some merge units. Returns a refusal or null.
create or replace function macroplan.iteration_problem(
  p_context macroplan.edit_context,
  p_op jsonb,
  p_row jsonb,
  p_units text[]
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_code text;
  v_state text;
begin
  if p_op ->> 'table' <> 'chapter_schedules' then
    return null;
  end if;
  select code, state into v_code, v_state
  from macroplan.iterations
  where plan_id = p_context.plan_id and id = (p_row ->> 'iteration_id')::uuid and not removed;
  if v_state in ('done', 'cancelled') then
    return macroplan.op_refusal(p_op, 'iteration_closed', format(
      'Iteration %s is %s: its schedules stay as they are. A lead can open it again.', v_code, v_state
    ));
  end if;
  if v_state in ('frozen', 'live') and p_context.role <> 'lead' and array['planned', 'must_finish_by'] && p_units then
    return macroplan.op_refusal(p_op, 'iteration_frozen', format(
      'Iteration %s is %s: only a lead may change planned times.', v_code, v_state
    ));
  end if;
  return null;
end
$$;
