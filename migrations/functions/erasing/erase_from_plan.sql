-- Takes a person's name out of a plan: its conflicts, and the lines of its log, which keep their hashes. It leaves a line that says so
-- and vouches for the lines whose hash covered the name. Devices take a snapshot next, since no delta tells what a line was.
-- Raises where the log is not whole: what somebody altered must not be vouched for.
create or replace function macroplan.erase_from_plan(p_plan uuid, p_user_key text)
returns void
language plpgsql
as $$
declare
  v_broken record;
  v_conflicts uuid[];
  v_lines bigint;
begin
  select * into v_broken from macroplan.broken_link(p_plan);
  if v_broken.rev is not null then
    raise 'The log of plan % is broken at revision %: %. Nothing was erased.', p_plan, v_broken.rev, v_broken.reason
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  perform macroplan.begin_edit(p_plan, 'system', 'Macroplan', null, null, null, 'Erase a person''s name');
  update macroplan.open_edits set erasure = '{}', is_pruning = true where plan_id = p_plan;

  update macroplan.conflicts
  set author_name = macroplan.erased_name()
  where plan_id = p_plan and author = p_user_key and author_name <> macroplan.erased_name() and not removed;
  delete from macroplan.conflicts where plan_id = p_plan and author = p_user_key and removed;

  select array_agg(distinct row_id) into v_conflicts
  from macroplan.event_log
  where plan_id = p_plan and table_name = 'conflicts' and coalesce(after, before) ->> 'author' = p_user_key;
  update macroplan.event_log as e
  set actor_name = case e.actor when p_user_key then macroplan.erased_name() else e.actor_name end,
    before = case when e.row_id = any (v_conflicts) then macroplan.without_name(e.before) else e.before end,
    after = case when e.row_id = any (v_conflicts) then macroplan.without_name(e.after) else e.after end,
    form = coalesce(e.form, 0)
  where e.plan_id = p_plan
    and (
      (e.actor = p_user_key and e.actor_name <> macroplan.erased_name())
      or (
        e.table_name = 'conflicts'
        and e.row_id = any (v_conflicts)
        and (e.before, e.after) is distinct from (macroplan.without_name(e.before), macroplan.without_name(e.after))
      )
    );

  select count(*) into v_lines from macroplan.event_log where plan_id = p_plan and form = 0;
  update macroplan.open_edits
  set is_pruning = false,
    erasure = jsonb_build_object(
      'user_key', p_user_key, 'by', session_user, 'lines', v_lines, 'seal', macroplan.seal_of(p_plan)
    )
  where plan_id = p_plan;
  update macroplan.plans set name = name where plan_id = p_plan;
  update macroplan.open_edits set erasure = null where plan_id = p_plan;

  update macroplan.plan_heads set min_since = rev where plan_id = p_plan;
  delete from macroplan.snapshots where plan_id = p_plan;
end
$$;
