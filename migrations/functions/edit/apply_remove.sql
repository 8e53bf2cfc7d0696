-- A removal goes on unless somebody changed what its base names. Who still refers to the row is a rule on the whole edit.
create or replace function macroplan.apply_remove(p_context macroplan.edit_context, p_op jsonb, p_row jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_table text := p_op ->> 'table';
  v_id uuid := p_op ->> 'id';
  v_base jsonb := p_op -> 'base';
  v_problem jsonb := macroplan.iteration_problem(p_context, p_op, p_row, array['planned']);
  v_items jsonb;
begin
  if v_problem is not null then
    return jsonb_build_object('refusal', v_problem);
  end if;
  select jsonb_agg(
    macroplan.conflict_item(
      p_context, v_table, v_id, changed.unit,
      macroplan.unit_fields(v_table, changed.unit, v_base),
      macroplan.present_fields(v_base, macroplan.unit_fields(v_table, changed.unit, p_row)),
      null
    )
    order by changed.position
  )
  into v_items
  from (
    select f.unit, min(f.position) as position
    from macroplan.fields as f
    where f.table_name = v_table and v_base ? f.field and v_base -> f.field <> p_row -> f.field
    group by f.unit
  ) as changed;
  if v_items is not null then
    return jsonb_build_object('cause', 'both_changed', 'items', v_items);
  end if;
  perform macroplan.remove_row(p_context.plan_id, v_table, v_id);
  return jsonb_build_object('before', p_row);
end
$$;
