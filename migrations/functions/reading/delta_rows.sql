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
      select r.table_name, r.columns,
        string_agg(macroplan.cells(r.fields, r.columns), ',' order by r.rev) filter (where not r.removed) as live,
        string_agg(format('["%s",%s]', r.id, r.rev), ',' order by r.rev) filter (where r.removed) as gone
      from (
        select *, array['id', 'rev'] || macroplan.field_names(table_name, 'all') as columns
        from macroplan.changed_rows(p_plan, p_since)
      ) as r
      group by r.table_name, r.columns
    ) as changed
  );
end
$$;
