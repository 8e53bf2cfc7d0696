-- A link of a plan's chain: sha256(previous hash ‖ canonical event). The canonical event is the text of a JSON array as
-- jsonb prints it (UTF-8, keys of objects by length and then by bytes, ", " and ": " between), so that an exported log
-- can be checked without PostgreSQL. The first link follows the plan's id. Lines of builds before there were forms cover names too;
-- once such a name is gone (form 0), the link can be followed and no longer be made again.
create or replace function macroplan.event_hash(p_previous bytea, p_event macroplan.event_log)
returns bytea
language sql
stable
parallel safe
as $$
  select sha256(
    coalesce(p_previous, uuid_send(p_event.plan_id)) || convert_to(
      case
        when p_event.form is not null then macroplan.event_text(p_event)
        else jsonb_build_array(
          p_event.rev, p_event.n, macroplan.milliseconds(p_event.at), p_event.claimed_at,
          p_event.actor, p_event.actor_name, p_event.client_id, p_event.edit_id, p_event.label,
          p_event.op, p_event.table_name, p_event.row_id, p_event.before, p_event.after,
          p_event.row_count, p_event.row_sum
        )::text
      end,
      'UTF8'
    )
  )
$$;
