-- Rows of a plan above a rev, tombstones included, in wire form. `rev > 0` always holds and names the index by rev.
create or replace function macroplan.rows_since(p_plan uuid, p_since bigint)
returns table (table_name text, id uuid, rev bigint, removed boolean, fields jsonb)
language sql
stable
parallel safe
as $$
  select 'plans', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.plans as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'plan_members', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.plan_members as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'iterations', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.iterations as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'phases', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.phases as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'teams', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.teams as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'sites', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.sites as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'chapters', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.chapters as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'dependencies', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.dependencies as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'chapter_schedules', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.chapter_schedules as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'baselines', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.baselines as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'no_start_windows', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.no_start_windows as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
  union all
  select 'conflicts', r.id, r.rev, r.removed, macroplan.wire(r)
  from macroplan.conflicts as r
  where r.plan_id = p_plan and r.rev > p_since and r.rev > 0
$$;
