-- GET /plans: the plans that who is asking may read, by name.
create or replace function api.plans(p_who jsonb)
returns text
language sql
stable
security definer
set search_path = macroplan, pg_temp
as $$
  with mine as (
    select plan_id, (array_agg(role order by array_position(array['lead', 'planner', 'viewer'], role)))[1] as role
    from macroplan.plan_members
    where principal = any (macroplan.principals(p_who)) and not removed
    group by plan_id
  )
  select json_build_object(
    'user', json_build_object(
      'key', p_who ->> 'user_key', 'name', macroplan.name_of(p_who ->> 'user_key', p_who ->> 'display_name')
    ),
    'plans', coalesce(
      json_agg(
        json_build_object(
          'id', p.id, 'code', p.code, 'name', p.name, 'time_zone', p.time_zone, 'state', p.state,
          'role', mine.role, 'rev', head.rev
        )
        order by p.name, p.code
      ),
      '[]'
    )
  )::text
  from mine
  join macroplan.plans as p on p.plan_id = mine.plan_id and not p.removed
  join macroplan.plan_heads as head on head.plan_id = p.plan_id
$$;
