-- One row in wire form, tombstones included; null where there is none. A branch a table, so that each has a cached plan.
create or replace function macroplan.read_row(p_plan uuid, p_table text, p_id uuid)
returns jsonb
language plpgsql
stable
parallel safe
as $$
declare
  v_row jsonb;
begin
  case p_table
    when 'plans' then
      select macroplan.wire(r) into v_row from macroplan.plans as r where r.plan_id = p_plan and r.id = p_id;
    when 'plan_members' then
      select macroplan.wire(r) into v_row from macroplan.plan_members as r where r.plan_id = p_plan and r.id = p_id;
    when 'iterations' then
      select macroplan.wire(r) into v_row from macroplan.iterations as r where r.plan_id = p_plan and r.id = p_id;
    when 'phases' then
      select macroplan.wire(r) into v_row from macroplan.phases as r where r.plan_id = p_plan and r.id = p_id;
    when 'teams' then
      select macroplan.wire(r) into v_row from macroplan.teams as r where r.plan_id = p_plan and r.id = p_id;
    when 'sites' then
      select macroplan.wire(r) into v_row from macroplan.sites as r where r.plan_id = p_plan and r.id = p_id;
    when 'chapters' then
      select macroplan.wire(r) into v_row from macroplan.chapters as r where r.plan_id = p_plan and r.id = p_id;
    when 'dependencies' then
      select macroplan.wire(r) into v_row from macroplan.dependencies as r where r.plan_id = p_plan and r.id = p_id;
    when 'chapter_schedules' then
      select macroplan.wire(r) into v_row from macroplan.chapter_schedules as r where r.plan_id = p_plan and r.id = p_id;
    when 'baselines' then
      select macroplan.wire(r) into v_row from macroplan.baselines as r where r.plan_id = p_plan and r.id = p_id;
    when 'no_start_windows' then
      select macroplan.wire(r) into v_row from macroplan.no_start_windows as r where r.plan_id = p_plan and r.id = p_id;
    when 'conflicts' then
      select macroplan.wire(r) into v_row from macroplan.conflicts as r where r.plan_id = p_plan and r.id = p_id;
  end case;
  return v_row;
end
$$;
