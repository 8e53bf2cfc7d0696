-- A plan by its id or its code, and the asker's role in it. A plan that one may not read does not exist for one: the
-- answer is the same. Pages ask by id, and for them one search finds both.
create or replace function macroplan.find_plan(p_who jsonb, p_plan text, out plan_id uuid, out role text)
language plpgsql
stable
as $$
declare
  v_id uuid := macroplan.uuid_or_null(p_plan);
  v_principals text[] := macroplan.principals(p_who);
begin
  select p.id, (
    select m.role
    from macroplan.plan_members as m
    where m.principal = any (v_principals) and m.plan_id = p.plan_id and not m.removed
    order by array_position(array['lead', 'planner', 'viewer'], m.role)
    limit 1
  )
  into plan_id, role
  from macroplan.plans as p
  where p.plan_id = v_id and p.id = v_id and not p.removed;
  if plan_id is null then
    select p.id into plan_id from macroplan.plans as p where p.code = p_plan and not p.removed;
  end if;
  if role is null then
    role := macroplan.role_in(plan_id, p_who);
  end if;
end
$$;
