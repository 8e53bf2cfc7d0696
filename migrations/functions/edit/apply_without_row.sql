-- An op about a row that is not live: a new row, a second removal, a change of what somebody removed, or of nothing.
create or replace function macroplan.apply_without_row(
  p_context macroplan.edit_context,
  p_op jsonb,
  p_tombstone jsonb
)
returns jsonb
language plpgsql
as $$
declare
  v_table text := p_op ->> 'table';
  v_id uuid := p_op ->> 'id';
  v_last jsonb := macroplan.all_fields(p_tombstone);
begin
  if p_op ->> 'op' = 'insert' then
    return macroplan.apply_insert(p_context, p_op, p_tombstone);
  end if;
  if p_tombstone is null then
    return macroplan.stop(p_op, 'unknown_row', format('This %s is not known in this plan.', macroplan.noun(v_table)));
  end if;
  if p_op ->> 'op' = 'remove' then
    return '{}';
  end if;
  if (p_tombstone ->> 'rev')::bigint = macroplan.edit_rev(p_context.plan_id) then
    return macroplan.stop(p_op, 'unknown_row', format('This %s is not known in this plan.', macroplan.noun(v_table)));
  end if;
  return jsonb_build_object('cause', 'removed', 'items', jsonb_build_array(
    macroplan.conflict_item(p_context, v_table, v_id, 'row', v_last, null, macroplan.wanted_row(p_op, v_last))
  ));
end
$$;
