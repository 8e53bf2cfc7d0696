-- The lines of an iteration's table, in no order. `full`: every scheduled chapter; `leadership`: gates, milestones, and each
-- phase as one line. p_since: rows that changed after this rev are marked; null marks none.
create or replace function macroplan.table_items(p_plan uuid, p_iteration uuid, p_variant text, p_since bigint)
returns table (
  phase text, phase_position bigint, phase_code text, place bigint, code text,
  title text, kind text, team text, zone text, starts timestamptz, ends timestamptz,
  status text, status_text text, actual_start timestamptz, actual_end timestamptz, note text, is_changed boolean
)
language sql
stable
as $$
  with scheduled as (
    select ph.id as phase_id, ph.name as phase, ph.position as phase_position, ph.code as phase_code,
      c.position as place, c.code, c.title, c.kind, t.code as team, site.time_zone as zone,
      s.planned_start as starts, s.planned_end as ends, s.status, s.actual_start, s.actual_end, s.note,
      coalesce(greatest(s.rev, c.rev) > p_since, false) as is_changed
    from macroplan.chapter_schedules as s
    join macroplan.chapters as c on c.plan_id = s.plan_id and c.id = s.chapter_id and not c.removed
    join macroplan.phases as ph on ph.plan_id = c.plan_id and ph.id = c.phase_id and not ph.removed
    left join macroplan.teams as t on t.plan_id = c.plan_id and t.id = c.team_id and not t.removed
    left join macroplan.sites as site on site.plan_id = c.plan_id and site.id = c.site_id and not site.removed
    where s.plan_id = p_plan and s.iteration_id = p_iteration and not s.removed
  )
  select phase, phase_position, phase_code, place, code, title, kind, team, zone, starts, ends,
    status, case status when 'pending' then 'Planned' else initcap(status) end, actual_start, actual_end, note, is_changed
  from scheduled
  where p_variant = 'full' or kind in ('gate', 'milestone')
  union all
  select null, phase_position, phase_code, null, phase_code, phase, 'phase', null, null, min(starts), max(ends),
    case
      when bool_or(status = 'blocked') then 'blocked'
      when bool_and(status in ('done', 'skipped')) then 'done'
      when bool_or(status in ('running', 'done')) then 'running'
      else 'pending'
    end,
    format('%s of %s done', count(*) filter (where status in ('done', 'skipped')), count(*))
      || case when bool_or(status = 'blocked') then format(', %s blocked', count(*) filter (where status = 'blocked')) else '' end,
    null, null, '', bool_or(is_changed)
  from scheduled
  where p_variant = 'leadership'
  group by phase_id, phase, phase_position, phase_code
$$;
