-- Whether a move, resize or slip says from where and to where. Returns a refusal or null.
create or replace function macroplan.gesture_problem(p_op jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_base jsonb := p_op -> 'base';
  v_problem jsonb;
begin
  if jsonb_typeof(v_base) is distinct from 'object'
    or not macroplan.is_whole(v_base -> 'planned_start')
    or not macroplan.is_whole(v_base -> 'planned_end')
  then
    return macroplan.op_refusal(p_op, 'bad_value', 'A gesture must say where the schedule stood.', 'base');
  end if;
  v_problem := case p_op ->> 'op'
    when 'move' then macroplan.part_problem(p_op, 'start', '{"type": "instant"}')
    when 'resize' then coalesce(
      macroplan.part_problem(p_op, 'edge', '{"type": "choice", "choices": ["start", "end"]}'),
      macroplan.part_problem(p_op, 'to', '{"type": "instant"}')
    )
    -- No slip within 2000–2100 is longer.
    when 'slip' then
      macroplan.part_problem(p_op, 'by', '{"type": "integer", "min_value": -52596000, "max_value": 52596000}')
  end;
  return macroplan.op_refusal_of(p_op, v_problem);
end
$$;
