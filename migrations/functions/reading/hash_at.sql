-- The hash that the event log had when the plan stood at a rev; null at rev 0.
create or replace function macroplan.hash_at(p_plan uuid, p_rev bigint)
returns bytea
language sql
stable
parallel safe
as $$
  select hash from macroplan.event_log where plan_id = p_plan and rev = p_rev order by n desc limit 1
$$;
