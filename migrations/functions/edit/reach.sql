-- Every chapter that live dependencies lead to from one, itself included; against the arrows if p_is_backward. Those in
-- p_without do not count.
create or replace function macroplan.reach(p_plan uuid, p_from uuid, p_is_backward boolean, p_without uuid[])
returns setof uuid
language sql
stable
as $$
  with recursive reached (chapter_id) as (
    select p_from
    union
    select step.chapter_id
    from reached
    -- Two branches, so that each finds its rows by its own index.
    cross join lateral (
      select d.successor_id as chapter_id
      from macroplan.dependencies as d
      where not p_is_backward
        and d.plan_id = p_plan
        and d.predecessor_id = reached.chapter_id
        and not d.removed
        and d.id <> all (p_without)
      union all
      select d.predecessor_id
      from macroplan.dependencies as d
      where p_is_backward
        and d.plan_id = p_plan
        and d.successor_id = reached.chapter_id
        and not d.removed
        and d.id <> all (p_without)
    ) as step
  )
  select chapter_id from reached
$$;
