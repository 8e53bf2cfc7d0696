-- Whether what an op carries can be stored, whatever the rows are. Returns a refusal or null.
create or replace function macroplan.op_value_problem(p_op jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_table text := p_op ->> 'table';
  v_problem jsonb;
begin
  case p_op ->> 'op'
    when 'insert' then
      return macroplan.insert_problem(p_op);
    when 'set' then
      if jsonb_typeof(p_op -> 'set') is distinct from 'object' then
        return macroplan.op_refusal(p_op, 'bad_value', 'A change must have fields.', 'set');
      end if;
      if not macroplan.names_same_fields(p_op -> 'base', p_op -> 'set') then
        return macroplan.op_refusal(p_op, 'bad_value', 'A change must say what was seen in the same fields.', 'base');
      end if;
      v_problem := macroplan.fields_problem(v_table, p_op -> 'set');
    when 'remove' then
      if jsonb_typeof(p_op -> 'base') is distinct from 'object' then
        return macroplan.op_refusal(p_op, 'bad_value', 'A removal must say what was seen.', 'base');
      end if;
      v_problem := macroplan.unknown_field(v_table, p_op -> 'base');
    when 'resolve' then
      v_problem := macroplan.part_problem(p_op, 'choice', '{"type": "choice", "choices": ["mine", "theirs", "custom"]}');
    when 'send' then
      return macroplan.send_problem(p_op);
    else
      return macroplan.gesture_problem(p_op);
  end case;
  return macroplan.op_refusal_of(p_op, v_problem);
end
$$;
