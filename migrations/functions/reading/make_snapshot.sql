-- Stores all live rows of a plan in parts of 2,048. One statement, so one database snapshot; builders of one plan take
-- turns without holding the plan's lock. Parts that nobody can be fetching any more go.
create or replace function macroplan.make_snapshot(p_plan uuid)
returns uuid
language plpgsql
as $$
declare
  v_id uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended(p_plan::text, 0));
  v_id := macroplan.find_snapshot(p_plan);
  if v_id is not null then
    return v_id;
  end if;

  delete from macroplan.snapshots where plan_id = p_plan and made_at < now() - interval '1 hour';
  v_id := gen_random_uuid();
  with made as (
    insert into macroplan.snapshots (id, plan_id, rev, shape)
    select v_id, p_plan, head.rev, m.shape
    from macroplan.plan_heads as head, macroplan.meta as m
    where head.plan_id = p_plan
  ),
  live as (
    select t.table_name, t.place, t.columns, macroplan.cells(r.fields, t.columns) as cells,
      row_number() over (order by t.place, r.id) - 1 as n
    from macroplan.rows_since(p_plan, 0) as r
    join macroplan.columns() as t on t.table_name = r.table_name
    where not r.removed
  ),
  by_table as (
    select n / 2048 as part, table_name, place, columns, count(*) as row_count,
      string_agg(cells, ',' order by n) as cells
    from live
    group by 1, 2, 3, 4
  ),
  parts as (
    select part, sum(row_count) as row_count,
      '{"rows":{' || string_agg(
        format('%s:{"cols":%s,"rows":[%s]}', to_json(table_name), to_json(columns), cells), ',' order by place
      ) || '}}' as body
    from by_table
    group by part
  )
  insert into macroplan.snapshot_parts (snapshot_id, part, row_count, sha256, body)
  select v_id, part, row_count, sha256(convert_to(body, 'UTF8')), body
  from parts;
  return v_id;
end
$$;
