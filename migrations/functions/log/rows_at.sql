-- The live rows of a plan as they were at a rev: the log folded from empty. What a row is begins with its last insert
-- and is changed by the updates after it; a row whose last such line is a remove is gone.
create or replace function macroplan.rows_at(p_plan uuid, p_rev bigint)
returns table (table_name text, id uuid, fields jsonb)
language sql
stable
as $$
  with born as (
    select distinct on (e.table_name, e.row_id) e.table_name, e.row_id, e.rev, e.n, e.op
    from macroplan.event_log as e
    where e.plan_id = p_plan and e.rev <= p_rev and e.op in ('insert', 'remove')
    order by e.table_name, e.row_id, e.rev desc, e.n desc
  )
  select born.table_name, born.row_id,
    jsonb_object_agg(changed.field, changed.value order by e.rev, e.n) filter (where changed.field is not null)
      || jsonb_build_object('id', born.row_id, 'rev', max(e.rev))
  from born
  join macroplan.event_log as e
    on e.plan_id = p_plan
    and e.table_name = born.table_name
    and e.row_id = born.row_id
    and (e.rev, e.n) >= (born.rev, born.n)
    and e.rev <= p_rev
  -- An erasure changes no field of the plan's row, and its rev all the same.
  left join lateral jsonb_each(e.after) as changed (field, value) on true
  where born.op = 'insert'
  group by born.table_name, born.row_id
$$;
