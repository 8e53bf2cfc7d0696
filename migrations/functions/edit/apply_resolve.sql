-- Settles an open conflict: its author may withdraw or insist, a lead may decide for anyone.
create or replace function macroplan.apply_resolve(p_context macroplan.edit_context, p_op jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_id uuid := p_op ->> 'id';
  v_conflict jsonb := macroplan.live_row(p_context.plan_id, 'conflicts', v_id);
  v_is_author boolean := v_conflict ->> 'author' = p_context.user_key;
begin
  if v_conflict is null then
    return macroplan.stop(p_op, 'unknown_row', 'This conflict is not known in this plan.');
  end if;
  if not v_is_author and p_context.role <> 'lead' then
    return macroplan.stop(p_op, 'not_allowed', 'Only its author or a lead may settle this conflict.');
  end if;
  if v_conflict ->> 'state' <> 'open' then
    return macroplan.stop(p_op, 'conflict_closed', 'This conflict is settled already.');
  end if;
  perform macroplan.write_row(p_context.plan_id, 'conflicts', v_id, jsonb_build_object(
    'state', case when v_is_author and p_op ->> 'choice' = 'theirs' then 'withdrawn' else 'resolved' end,
    'resolution', jsonb_build_object('choice', p_op -> 'choice', 'edit_id', p_context.edit_id),
    'resolved_by', p_context.user_key
  ));
  return jsonb_build_object('before', v_conflict);
end
$$;
