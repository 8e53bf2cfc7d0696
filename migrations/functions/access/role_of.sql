-- The highest role that a plan gives to who is asking; null where it gives none. In plpgsql, which keeps the plan.
create or replace function macroplan.role_of(p_plan uuid, p_who jsonb)
returns text
language plpgsql
stable
parallel safe
as $$
declare
  v_principals text[] := macroplan.principals(p_who);
begin
  return (
    select role
    from macroplan.plan_members
    where principal = any (v_principals) and plan_id = p_plan and not removed
    order by array_position(array['lead', 'planner', 'viewer'], role)
    limit 1
  );
end
$$;
