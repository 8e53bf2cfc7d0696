-- Whether somebody in this role may do such a thing at all. Returns a refusal or null.
create or replace function macroplan.op_role_problem(p_op jsonb, p_role text)
returns jsonb
language plpgsql
stable
as $$
declare
  v_kind text := p_op ->> 'op';
  v_table text := p_op ->> 'table';
  v_message text;
begin
  v_message := case
    when p_role not in ('planner', 'lead') then 'You may read this plan but not change it.'
    when v_kind = 'resolve' then null
    when v_kind = 'send' then case when p_role <> 'lead' then 'Only a lead may send mail.' end
    when v_table = 'conflicts' then 'A conflict is settled by a choice, not edited.'
    when p_role <> 'lead' and v_table <> 'chapter_schedules'
    then format('Only a lead may change a %s.', macroplan.noun(v_table))
    when v_table = 'plans' and v_kind <> 'set' then 'A plan is neither added nor removed by an edit.'
  end;
  return case when v_message is not null then macroplan.op_refusal(p_op, 'not_allowed', v_message) end;
end
$$;
