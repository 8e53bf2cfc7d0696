-- One op against the rows as they stand; docs/merge.md, "Order of checks", steps 4 to 10. The twin of applyOp in
-- src/store/op-steps.ts. The keys of p_blocked are ids of rows that wait for a conflict (blocked_rows.sql). Returns
--   {"refusal": …} or {"cause": …, "items": […]}   a stop: the op changed nothing
--   {"effect": true}                               something happened outside the rows of the plan
--   {"before": row | null, "units": {…}}           what was written over, and the merge units that were named
--   {}                                             there was nothing to do
create or replace function macroplan.apply_op(p_context macroplan.edit_context, p_op jsonb, p_blocked jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_table text := p_op ->> 'table';
  v_row jsonb;
begin
  if macroplan.is_plan_closed_for(p_context.plan_id, p_op) then
    return macroplan.stop(p_op, 'plan_closed', 'The plan is closed. A lead can open it again.');
  end if;
  case p_op ->> 'op'
    when 'resolve' then
      return macroplan.apply_resolve(p_context, p_op);
    when 'send' then
      return macroplan.apply_send(p_context, p_op);
    else
      v_row := macroplan.read_row(p_context.plan_id, v_table, (p_op ->> 'id')::uuid);
  end case;
  if macroplan.is_blocked(p_op, p_blocked) then
    return macroplan.blocked_stop(p_context, p_op, case when not (v_row ->> 'removed')::boolean then v_row end);
  end if;
  if v_row is null or (v_row ->> 'removed')::boolean then
    return macroplan.apply_without_row(p_context, p_op, v_row);
  end if;
  return case p_op ->> 'op'
    when 'remove' then macroplan.apply_remove(p_context, p_op, v_row)
    else macroplan.apply_change(p_context, p_op, v_row)
  end;
end
$$;
