-- A new row, or one that comes back: the whole row is written, with defaults.
create or replace function macroplan.apply_insert(p_context macroplan.edit_context, p_op jsonb, p_tombstone jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_table text := p_op ->> 'table';
  v_id uuid := p_op ->> 'id';
  v_row jsonb := macroplan.with_defaults(v_table, p_op -> 'row');
  v_stop jsonb;
begin
  v_stop := macroplan.iteration_problem(p_context, p_op, v_row, array['planned']);
  if v_stop is not null then
    return jsonb_build_object('refusal', v_stop);
  end if;
  v_stop := coalesce(
    macroplan.times_stop(p_context, p_op, null, v_row, null),
    macroplan.taken_stop(p_context, p_op, null, v_row)
  );
  if v_stop is not null then
    return v_stop;
  end if;
  perform macroplan.write_row(p_context.plan_id, v_table, v_id, v_row);
  -- A tombstone of this very edit is named, so that the row counts as changed since it was first touched.
  return jsonb_build_object(
    'before',
    case when (p_tombstone ->> 'rev')::bigint = macroplan.edit_rev(p_context.plan_id) then p_tombstone end
  );
end
$$;
