-- The newest stored snapshot from which a delta is still short, or null.
create or replace function macroplan.find_snapshot(p_plan uuid)
returns uuid
language sql
stable
as $$
  select s.id
  from macroplan.snapshots as s
  join macroplan.plan_heads as head on head.plan_id = s.plan_id
  join macroplan.meta as m on m.shape = s.shape
  where s.plan_id = p_plan
    and s.rev between head.min_since and head.rev
    and not macroplan.has_changed_more(p_plan, s.rev, 999)
  order by s.rev desc
  limit 1
$$;
