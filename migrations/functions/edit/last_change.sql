-- Who last changed a merge unit of a row before the current edit: {theirs_by, theirs_at, theirs_rev}, all null where the
-- log does not know. Unit `row` asks who made or removed the row.
create or replace function macroplan.last_change(p_context macroplan.edit_context, p_table text, p_id uuid, p_unit text)
returns jsonb
language sql
stable
as $$
  select coalesce(
    (
      select jsonb_build_object(
        'theirs_by', e.actor, 'theirs_at', macroplan.milliseconds(e.at), 'theirs_rev', e.rev
      )
      from macroplan.event_log as e
      where e.plan_id = p_context.plan_id
        and e.row_id = p_id
        and e.table_name = p_table
        and e.rev is distinct from macroplan.edit_rev(p_context.plan_id)
        and (
          e.op <> 'update'
          or exists (
            select
            from macroplan.fields as f
            where f.table_name = p_table and f.unit = p_unit and e.after ? f.field
          )
        )
      order by e.rev desc, e.n desc
      limit 1
    ),
    '{"theirs_by": null, "theirs_at": null, "theirs_rev": null}'
  )
$$;
