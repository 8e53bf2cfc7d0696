-- Takes the plan's lock, held to the end of the transaction, and says who changes the plan from here on. The first
-- write after it takes the plan's next rev, and all writes of one edit share it.
create or replace function macroplan.begin_edit(
  p_plan uuid,
  p_actor text,
  p_actor_name text,
  p_client uuid,
  p_edit uuid,
  p_claimed_at bigint,
  p_label text
)
returns void
language plpgsql
as $$
begin
  perform macroplan.lock_plan(p_plan);
  insert into macroplan.open_edits (plan_id, xid, actor, actor_name, client_id, edit_id, claimed_at, label)
  values (
    p_plan, pg_current_xact_id(), p_actor, macroplan.name_of(p_actor, p_actor_name), p_client, p_edit, p_claimed_at, p_label
  )
  on conflict (plan_id) do update
  set xid = excluded.xid,
    actor = excluded.actor,
    actor_name = excluded.actor_name,
    client_id = excluded.client_id,
    edit_id = excluded.edit_id,
    claimed_at = excluded.claimed_at,
    label = excluded.label,
    rev = null,
    at = null,
    is_pruning = false,
    erasure = null;
end
$$;
