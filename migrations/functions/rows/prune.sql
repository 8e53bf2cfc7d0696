-- Deletes the tombstones of a plan that are older than p_age and raises min_since to the newest of them, so that a
-- replica which never heard of them is told to take a snapshot. Answers how many went.
create or replace function macroplan.prune(p_plan uuid, p_age interval default '90 days')
returns bigint
language plpgsql
as $$
declare
  v_upto bigint;
  v_pruned bigint := 0;
  v_count bigint;
begin
  perform macroplan.begin_edit(p_plan, 'system', 'Macroplan', null, null, null, 'Prune tombstones');
  update macroplan.open_edits set is_pruning = true where plan_id = p_plan;
  select coalesce(max(rev), 0) into v_upto
  from macroplan.event_log
  where plan_id = p_plan and at < now() - p_age;
  select coalesce(max(rev), 0) into v_upto
  from macroplan.rows_since(p_plan, 0)
  where removed and rev <= v_upto;
  delete from macroplan.conflicts where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.no_start_windows where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.baselines where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.chapter_schedules where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.dependencies where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.chapters where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.sites where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.teams where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.phases where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.iterations where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.plan_members where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  delete from macroplan.plans where plan_id = p_plan and removed and rev <= v_upto;
  get diagnostics v_count = row_count;
  v_pruned := v_pruned + v_count;
  update macroplan.plan_heads set min_since = greatest(min_since, v_upto) where plan_id = p_plan;
  update macroplan.open_edits set is_pruning = false where plan_id = p_plan;
  return v_pruned;
end
$$;
