-- The three sides of one merge unit, and who stands on theirs. SQL null becomes JSON null: no such row.
create or replace function macroplan.conflict_item(
  p_context macroplan.edit_context,
  p_table text,
  p_id uuid,
  p_unit text,
  p_base jsonb,
  p_theirs jsonb,
  p_mine jsonb
)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
    'table', p_table, 'id', p_id, 'unit', p_unit, 'base', p_base, 'theirs', p_theirs, 'mine', p_mine
  ) || macroplan.last_change(p_context, p_table, p_id, p_unit)
$$;
