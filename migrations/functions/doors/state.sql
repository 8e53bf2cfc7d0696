-- GET /state: the rows as they were at a rev, in the form of a snapshot part.
create or replace function api.state(p_who jsonb, p_plan text, p_rev bigint)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  if p_rev is null or p_rev not between 0 and (macroplan.read_head(v_plan.plan_id, v_plan.role)).rev then
    perform macroplan.reject(404, 'not_found', 'The plan never stood at this revision.');
  end if;
  return (
    select format('{"rows":{%s}}', string_agg(
      format('%s:{"cols":%s,"rows":[%s]}', to_json(table_name), to_json(columns), cells), ',' order by place
    ))
    from (
      select t.table_name, t.place, t.columns,
        string_agg(macroplan.cells(r.fields, t.columns), ',' order by r.id) as cells
      from macroplan.rows_at(v_plan.plan_id, p_rev) as r
      join macroplan.columns() as t on t.table_name = r.table_name
      group by t.table_name, t.place, t.columns
    ) as tables
  );
end
$$;
