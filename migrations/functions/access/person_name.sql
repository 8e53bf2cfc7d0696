-- What a person was called when they last changed the plan; their key where they never did.
create or replace function macroplan.person_name(p_plan uuid, p_user_key text)
returns text
language sql
stable
as $$
  select coalesce(
    (
      select actor_name from macroplan.event_log where plan_id = p_plan and actor = p_user_key order by rev desc limit 1
    ),
    p_user_key
  )
$$;
