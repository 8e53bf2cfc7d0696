-- A plan by its id or its code, and the asker's role in it. A plan that one may not read does not exist for one: the
-- answer is the same.
create or replace function macroplan.find_plan(p_who jsonb, p_plan text, out plan_id uuid, out role text)
language plpgsql
stable
as $$
begin
  select p.id into plan_id
  from macroplan.plans as p
  where p.plan_id = macroplan.uuid_or_null(p_plan) and p.id = p.plan_id and not p.removed;
  if plan_id is null then
    select p.id into plan_id from macroplan.plans as p where p.code = p_plan and not p.removed;
  end if;
  role := macroplan.role_in(plan_id, p_who);
end
$$;
