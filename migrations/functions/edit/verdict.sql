-- What the receipt says of an edit that was tried. A conflict becomes a row here, after the edit's own writes are undone,
-- so that the rev that it takes is the conflict's.
create or replace function macroplan.verdict(
  p_context macroplan.edit_context,
  p_who jsonb,
  p_edit jsonb,
  p_result jsonb
)
returns jsonb
language plpgsql
as $$
declare
  v_plan uuid := p_context.plan_id;
  v_outcome text := case
    when p_result ? 'refusal' then 'refused'
    when p_result ? 'cause' then 'conflict'
    else p_result ->> 'outcome'
  end;
  -- The edit's own id: where a restored server meets the edit again, what settled its conflict still names it.
  v_conflict uuid := case when v_outcome = 'conflict' then p_context.edit_id end;
begin
  if v_conflict is not null then
    perform macroplan.write_row(v_plan, 'conflicts', v_conflict, jsonb_build_object(
      'edit_id', p_context.edit_id,
      'author', p_context.user_key,
      'author_name', macroplan.name_of(p_context.user_key, p_who ->> 'display_name'),
      'at', macroplan.milliseconds(clock_timestamp()),
      'label', p_edit -> 'label',
      'cause', p_result -> 'cause',
      'state', 'open',
      'items', p_result -> 'items',
      'ops', p_edit -> 'ops'
    ));
  end if;
  return jsonb_build_object(
    'outcome', v_outcome,
    'rev', case
      when v_outcome in ('applied', 'merged', 'conflict') then coalesce(
        macroplan.edit_rev(v_plan),
        -- A mail changes no row: whoever has read up to here has read all of this edit.
        (select rev from macroplan.plan_heads where plan_id = v_plan)
      )
    end,
    'merged', coalesce(p_result -> 'merged', '[]'),
    'conflict', v_conflict,
    'refusal', p_result -> 'refusal'
  );
end
$$;
