-- Whoever holds the head's row orders the plan's revs; waiting longer than lock_timeout is an error that hosts turn
-- into "busy".
create or replace function macroplan.lock_plan(p_plan uuid)
returns void
language plpgsql
as $$
begin
  perform from macroplan.plan_heads where plan_id = p_plan for update;
  if not found then
    raise sqlstate 'MP404' using message = 'There is no such plan.', detail = '{"code":"not_found"}';
  end if;
end
$$;
