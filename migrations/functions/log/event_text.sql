-- The canonical event without names, which hashes of form 2 and seals cover: the text of a JSON array as jsonb prints it. What a
-- person was called stands beside the chain, so that it can be erased; who it was, the key, is in it.
create or replace function macroplan.event_text(p_event macroplan.event_log)
returns text
language sql
stable
parallel safe
as $$
  select jsonb_build_array(
    2, p_event.rev, p_event.n, macroplan.milliseconds(p_event.at), p_event.claimed_at,
    p_event.actor, p_event.client_id, p_event.edit_id, p_event.label,
    p_event.op, p_event.table_name, p_event.row_id,
    case p_event.table_name when 'conflicts' then p_event.before - 'author_name' else p_event.before end,
    case p_event.table_name when 'conflicts' then p_event.after - 'author_name' else p_event.after end,
    p_event.row_count, p_event.row_sum, p_event.erasure
  )::text
$$;
