-- Checks a part of an op that is no field of a table as if it were one; p_like says what kind, as columns of
-- macroplan.fields. A part that is absent counts as null.
create or replace function macroplan.part_problem(p_op jsonb, p_part text, p_like jsonb)
returns jsonb
language sql
stable
as $$
  select macroplan.field_problem(
    jsonb_populate_record(null::macroplan.fields, p_like || jsonb_build_object('field', p_part, 'is_required', true)),
    coalesce(p_op -> p_part, 'null')
  )
$$;
