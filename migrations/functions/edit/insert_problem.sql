-- Whether a new row is whole and good in itself. Returns a refusal or null.
create or replace function macroplan.insert_problem(p_op jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_table text := p_op ->> 'table';
  v_row jsonb := p_op -> 'row';
  v_problem jsonb;
begin
  if jsonb_typeof(v_row) is distinct from 'object' then
    return macroplan.op_refusal(p_op, 'bad_value', 'A new row must have fields.', 'row');
  end if;
  v_problem := macroplan.fields_problem(v_table, macroplan.with_defaults(v_table, v_row));
  if v_problem is not null then
    return macroplan.op_refusal_of(p_op, v_problem);
  end if;
  if v_table = 'dependencies' and v_row -> 'predecessor_id' = v_row -> 'successor_id' then
    return macroplan.op_refusal(p_op, 'dependency_cycle', 'A chapter cannot wait for itself.', 'successor_id');
  end if;
  if v_table = 'chapter_schedules' and p_op ->> 'id' <> macroplan.schedule_id(
    (v_row ->> 'iteration_id')::uuid, (v_row ->> 'chapter_id')::uuid
  )::text then
    return macroplan.op_refusal(
      p_op, 'bad_derived_id', 'The id of a schedule must come from its iteration and its chapter.', 'id'
    );
  end if;
  return null;
end
$$;
