-- What macroplan.rows_since answers, for a rev that is not below min_since. Mostly that is a few rows, which the log
-- names: they are read by key, and no table is searched, nor a search of eleven tables planned.
create or replace function macroplan.changed_rows(p_plan uuid, p_since bigint)
returns table (table_name text, id uuid, rev bigint, removed boolean, fields jsonb)
language plpgsql
stable
as $$
declare
  v_tables text[];
  v_ids uuid[];
begin
  select array_agg(line.table_name), array_agg(line.row_id) into v_tables, v_ids
  from (
    select e.table_name, e.row_id
    from macroplan.event_log as e
    where e.plan_id = p_plan and e.rev > p_since
    -- An order and a limit leave the planner only the index, even where it plans for any rev.
    order by e.rev, e.n
    limit 101
  ) as line;
  if cardinality(v_ids) > 100 then
    return query select * from macroplan.rows_since(p_plan, p_since);
    return;
  end if;
  return query
  select r.table_name, r.id, (r.fields ->> 'rev')::bigint, (r.fields ->> 'removed')::boolean, r.fields
  from (
    select line.table_name, line.id, macroplan.read_row(p_plan, line.table_name, line.id) as fields
    from (select distinct * from unnest(v_tables, v_ids)) as line (table_name, id)
    offset 0
  ) as r;
end
$$;
