-- Other devices' changes to a row since the cursor of the request, the last of each merge unit; unit `row` means that
-- the row was made or removed.
create or replace function macroplan.changed_since(p_context macroplan.edit_context, p_table text, p_id uuid)
returns table (unit text, by text, rev bigint)
language sql
stable
as $$
  select distinct on (touched.unit) touched.unit, e.actor, e.rev
  from macroplan.event_log as e
  cross join lateral (
    select 'row' as unit
    where e.op <> 'update'
    union
    select f.unit
    from macroplan.fields as f
    where e.op = 'update' and f.table_name = e.table_name and e.after ? f.field
  ) as touched
  where e.plan_id = p_context.plan_id
    and e.row_id = p_id
    and e.rev > p_context.since
    and e.table_name = p_table
    and e.client_id is distinct from p_context.client_id
  order by touched.unit, e.rev desc
$$;
