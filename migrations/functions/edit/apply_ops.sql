-- The ops of one edit in their order, then the rules on the rows as they stand after. Returns
--   {"outcome": "applied" | "noop"}, {"outcome": "merged", "merged": […]}, or a stop (see apply_op).
-- The first problem decides what kind of answer it is. After a conflict the later ops run on, so that one panel shows
-- all of them, but what they are refused for may only follow from the op that was left out.
create or replace function macroplan.apply_ops(p_context macroplan.edit_context, p_ops jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_blocked jsonb := macroplan.blocked_rows(p_context.plan_id, p_context.client_id, p_context.since);
  v_op jsonb;
  v_step jsonb;
  v_cause text;
  v_items jsonb[] := '{}';
  v_has_effect boolean := false;
  -- What the edit did, so that a rule is asked only where it may be broken.
  v_does text[] := '{}';
  v_changes macroplan.row_change[] := '{}';
  v_units macroplan.named_units[] := '{}';
  v_merged jsonb;
begin
  for v_op in select op from jsonb_array_elements(p_ops) with ordinality as ops (op, position) order by position loop
    v_step := macroplan.apply_op(p_context, v_op, v_blocked);
    if v_step ? 'refusal' then
      if v_cause is null then
        return v_step;
      end if;
    elsif v_step ? 'cause' then
      v_cause := coalesce(v_cause, v_step ->> 'cause');
      v_items := v_items || (v_step -> 'items');
      if v_step ->> 'cause' = 'blocked' then
        v_blocked := v_blocked || jsonb_build_object(v_op ->> 'id', true);
      end if;
    else
      if v_op ->> 'op' = 'resolve' and v_cause is null then
        -- What this edit settles its author has seen. Both come at once where a restored server is told again.
        v_blocked := macroplan.blocked_rows(p_context.plan_id, p_context.client_id, p_context.since);
      end if;
      v_has_effect := v_has_effect or v_step ? 'effect';
      if v_op ->> 'table' = 'plan_members' then
        v_does := v_does || 'member'::text;
      end if;
      if v_op ->> 'op' = 'remove' then
        v_does := v_does || 'remove'::text;
      elsif v_op ->> 'op' = 'insert' or v_op -> 'set' ?| macroplan.field_names(v_op ->> 'table', 'reference') then
        v_does := v_does || 'refer'::text;
      end if;
      if v_step ? 'units' then
        v_units := v_units || jsonb_populate_record(null::macroplan.named_units, v_step -> 'units');
      end if;
      if v_step ? 'before' and (v_step #>> '{before,rev}')::bigint is distinct from macroplan.edit_rev(p_context.plan_id) then
        v_changes := v_changes || row(
          case v_op ->> 'op' when 'resolve' then 'conflicts' else v_op ->> 'table' end,
          (v_op ->> 'id')::uuid,
          nullif(v_step -> 'before', 'null')
        )::macroplan.row_change;
      end if;
    end if;
  end loop;
  if v_cause is not null then
    return jsonb_build_object('cause', v_cause, 'items', (
      select jsonb_agg(item)
      from unnest(v_items) with ordinality as steps (items, position)
      cross join jsonb_array_elements(steps.items) as item
    ));
  end if;

  v_step := macroplan.broken_rule(p_context, v_changes, v_does);
  if v_step is not null then
    return v_step;
  end if;
  v_merged := macroplan.others_kept(p_context, v_changes, v_units);
  if v_merged is not null then
    return jsonb_build_object('outcome', 'merged', 'merged', v_merged);
  end if;
  return jsonb_build_object('outcome', case when v_changes <> '{}' or v_has_effect then 'applied' else 'noop' end);
end
$$;
