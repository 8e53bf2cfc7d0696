-- The role of who is asking in a plan; rejects where there is none, as if there were no plan.
create or replace function macroplan.role_in(p_plan uuid, p_who jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_role text := macroplan.role_of(p_plan, p_who);
begin
  if v_role is null then
    perform macroplan.reject(404, 'not_found', 'There is no such plan, or you may not read it.');
  end if;
  return v_role;
end
$$;
