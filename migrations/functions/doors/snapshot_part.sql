-- GET /snapshot/{snapshot}/{part}: stored text, the same bytes for everyone who may read the plan.
create or replace function api.snapshot_part(p_who jsonb, p_plan text, p_snapshot text, p_part int)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_body text;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  select p.body into v_body
  from macroplan.snapshots as s
  join macroplan.snapshot_parts as p on p.snapshot_id = s.id
  where s.plan_id = v_plan.plan_id and s.id = macroplan.uuid_or_null(p_snapshot) and p.part = p_part;
  if not found then
    perform macroplan.reject(404, 'not_found', 'This snapshot is gone; take a new one.');
  end if;
  return v_body;
end
$$;
