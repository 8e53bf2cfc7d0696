-- A plan as macroplan.find_plan finds it, for its leads alone: mails and who gets them are nobody else's business.
create or replace function macroplan.find_led_plan(p_who jsonb, p_plan text)
returns uuid
language plpgsql
stable
as $$
declare
  v_plan record;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  if v_plan.role <> 'lead' then
    perform macroplan.reject(403, 'forbidden', 'Only leads see the mails of a plan and who gets them.');
  end if;
  return v_plan.plan_id;
end
$$;
