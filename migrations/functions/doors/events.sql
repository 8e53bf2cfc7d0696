-- GET /events: newest first, below a rev (null: from the head), of one row or of all. A rev is never cut, so that the
-- last one may bring more events than asked for.
create or replace function api.events(p_who jsonb, p_plan text, p_before bigint, p_limit int, p_row uuid)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_limit int := coalesce(p_limit, 100);
  v_before bigint := coalesce(p_before, 9223372036854775807);
  v_from bigint;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  if v_limit not between 1 and 1000 then
    perform macroplan.reject(400, 'bad_request', 'The limit must be between 1 and 1000.');
  end if;
  if v_before > (macroplan.read_head(v_plan.plan_id, v_plan.role)).rev + 1 then
    perform macroplan.reject_behind();
  end if;
  select min(rev) into v_from
  from (
    select e.rev
    from macroplan.event_log as e
    where e.plan_id = v_plan.plan_id and e.rev < v_before and (p_row is null or e.row_id = p_row)
    order by e.rev desc
    limit v_limit
  ) as newest;
  return (
    select json_build_object('events', coalesce(json_agg(macroplan.event_json(e) order by e.rev desc, e.n desc), '[]'))
    from macroplan.event_log as e
    where e.plan_id = v_plan.plan_id
      and e.rev between v_from and v_before - 1
      and (p_row is null or e.row_id = p_row)
  );
end
$$;
