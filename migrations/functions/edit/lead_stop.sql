-- A plan keeps at least one lead, or nobody could ever open it again. Returns a stop or null.
create or replace function macroplan.lead_stop(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[]
)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object('refusal', jsonb_build_object(
    'code', 'not_allowed',
    'message', 'A plan needs at least one lead.',
    'table', 'plan_members',
    'id', c.id,
    'field', 'role'
  ))
  from unnest(p_changes) with ordinality as c (table_name, id, before, position)
  where c.table_name = 'plan_members'
    and c.before ->> 'role' = 'lead'
    and not exists (
      select
      from macroplan.plan_members
      where plan_id = p_context.plan_id and role = 'lead' and not removed
    )
  order by c.position
  limit 1
$$;
