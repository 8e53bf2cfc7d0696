-- The members of a delta's "rows": a table's changed rows and its tombstones. In plpgsql, which keeps the plan.
create or replace function macroplan.delta_rows(p_plan uuid, p_since bigint)
returns text
language plpgsql
stable
as $$
begin
  return (
    select string_agg(
      format('%s:{"cols":%s,"rows":[%s],"removed":[%s]}', to_json(table_name), to_json(columns), live, gone), ','
    )
    from (
      select t.table_name, t.columns,
        string_agg(macroplan.cells(r.fields, t.columns), ',' order by r.rev) filter (where not r.removed) as live,
        string_agg(format('["%s",%s]', r.id, r.rev), ',' order by r.rev) filter (where r.removed) as gone
      from macroplan.changed_rows(p_plan, p_since) as r
      join macroplan.columns() as t on t.table_name = r.table_name
      group by t.table_name, t.columns
    ) as changed
  );
end
$$;
