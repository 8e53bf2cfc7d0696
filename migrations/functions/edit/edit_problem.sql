-- What the ops of an edit tell by themselves, before any row is looked at. Returns a stop or null.
create or replace function macroplan.edit_problem(p_edit jsonb, p_role text)
returns jsonb
language plpgsql
stable
as $$
declare
  v_op jsonb;
  v_refusal jsonb;
begin
  for v_op in
    select op from jsonb_array_elements(p_edit -> 'ops') with ordinality as ops (op, position) order by position
  loop
    v_refusal := macroplan.op_problem(v_op, p_role);
    if v_refusal is not null then
      return jsonb_build_object('refusal', v_refusal);
    end if;
  end loop;
  return null;
end
$$;
