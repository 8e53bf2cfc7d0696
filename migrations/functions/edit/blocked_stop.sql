-- The op of an edit that stands on another one in conflict: it waits for the same person.
create or replace function macroplan.blocked_stop(p_context macroplan.edit_context, p_op jsonb, p_row jsonb)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object('cause', 'blocked', 'items', jsonb_build_array(
    macroplan.conflict_item(
      p_context,
      p_op ->> 'table',
      (p_op ->> 'id')::uuid,
      'row',
      null,
      macroplan.all_fields(p_row),
      macroplan.wanted_row(p_op, macroplan.all_fields(p_row))
    )
  ))
$$;
