-- The highest role that a plan gives to who is asking; null where it gives none.
create or replace function macroplan.role_of(p_plan uuid, p_who jsonb)
returns text
language sql
stable
parallel safe
as $$
  select role
  from macroplan.plan_members
  where principal = any (macroplan.principals(p_who)) and plan_id = p_plan and not removed
  order by array_position(array['lead', 'planner', 'viewer'], role)
  limit 1
$$;
