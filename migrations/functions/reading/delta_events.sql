-- The newest 50 events above a rev, newest first, for the activity feed.
create or replace function macroplan.delta_events(p_plan uuid, p_since bigint)
returns text
language sql
stable
as $$
  select format(
    '{"cols":["rev","n","at","actor","actor_name","label","op","table_name","row_id"],"rows":[%s]}',
    string_agg(
      json_build_array(
        e.rev, e.n, macroplan.milliseconds(e.at), e.actor, e.actor_name, e.label, e.op, e.table_name, e.row_id
      )::text,
      ',' order by e.rev desc, e.n desc
    )
  )
  from (
    select *
    from macroplan.event_log
    where plan_id = p_plan and rev > p_since
    order by rev desc, n desc
    limit 50
  ) as e
$$;
