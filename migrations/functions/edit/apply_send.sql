-- Puts one mail an addressee into the outbox; a host sends them later. The key is the edit and the address, so that an
-- edit that comes twice makes no second mail. One that may not go is kept too, given up from the start, for leads to see why.
create or replace function macroplan.apply_send(p_context macroplan.edit_context, p_op jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_iteration jsonb := macroplan.live_row(p_context.plan_id, 'iterations', (p_op ->> 'iteration_id')::uuid);
begin
  if v_iteration is null then
    return macroplan.stop(p_op, 'unknown_row', 'This iteration is not known in this plan.');
  end if;
  if v_iteration ->> 'mail_mode' = 'off' then
    return macroplan.stop(p_op, 'mail_off', format(
      'Mail is off for iteration %s. A lead can switch it on.', v_iteration ->> 'code'
    ));
  end if;
  insert into macroplan.mail_outbox (plan_id, id, dedupe_key, recipient, subject, body, state, last_error)
  select p_context.plan_id, macroplan.mail_id(p_context.plan_id, dedupe_key), dedupe_key, address,
    format('Macro-plan of %s', v_iteration ->> 'code'),
    jsonb_build_object(
      'kind', 'table',
      'iteration_id', p_op -> 'iteration_id',
      'note', p_op -> 'note',
      'mode', v_iteration -> 'mail_mode',
      'events', jsonb_build_array(event),
      'rehearsal', case
        when v_iteration ->> 'mail_mode' = 'test' or v_iteration ->> 'kind' <> 'CUTOVER' then v_iteration -> 'code'
      end,
      'sent_by', p_context.user_key
    ),
    case when problem is null then 'due' else 'parked' end, problem
  from (
    select distinct on (lower(s.address)) s.*,
      format('%s %s %s', p_context.edit_id, p_op ->> 'iteration_id', s.address) as dedupe_key
    from macroplan.send_addresses(p_context.plan_id, v_iteration ->> 'mail_mode', p_op -> 'to') as s
    order by lower(s.address), s.place, s.address
  ) as addressees
  on conflict (plan_id, dedupe_key) do nothing;
  return '{"effect": true}';
end
$$;
