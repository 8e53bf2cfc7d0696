-- Whether a schedule's status may become the next one. Returns a refusal or null. In plpgsql, so that the sentence costs
-- nothing where there is none.
create or replace function macroplan.transition_problem(
  p_context macroplan.edit_context,
  p_op jsonb,
  p_row jsonb,
  p_next jsonb
)
returns jsonb
language plpgsql
stable
as $$
begin
  if p_op ->> 'table' <> 'chapter_schedules' or coalesce(p_next ->> 'status' = p_row ->> 'status', true) then
    return null;
  end if;
  perform
  from macroplan.transitions
  where from_status = p_row ->> 'status' and to_status = p_next ->> 'status';
  if found then
    return null;
  end if;
  return macroplan.op_refusal(
    p_op,
    'bad_transition',
    format(
      'Chapter %s is %s and cannot become %s.',
      macroplan.code_of(p_context.plan_id, 'chapters', p_row ->> 'chapter_id'),
      p_row ->> 'status',
      p_next ->> 'status'
    ),
    'status'
  );
end
$$;
