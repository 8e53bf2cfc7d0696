-- A line of the event log as it travels.
create or replace function macroplan.event_json(p_event macroplan.event_log)
returns json
language sql
stable
parallel safe
as $$
  select json_build_object(
    'rev', p_event.rev, 'n', p_event.n,
    'at', macroplan.milliseconds(p_event.at), 'claimed_at', p_event.claimed_at,
    'actor', p_event.actor, 'actor_name', p_event.actor_name,
    'client_id', p_event.client_id, 'edit_id', p_event.edit_id, 'label', p_event.label,
    'op', p_event.op, 'table_name', p_event.table_name, 'row_id', p_event.row_id,
    'before', p_event.before, 'after', p_event.after, 'hash', encode(p_event.hash, 'hex'),
    'form', coalesce(p_event.form, 1), 'erasure', p_event.erasure
  )
$$;
