-- The fields of one merge unit that are among the given ones.
create or replace function macroplan.unit_fields(p_table text, p_unit text, p_fields jsonb)
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_object_agg(f.field, p_fields -> f.field), '{}')
  from macroplan.fields as f
  where f.table_name = p_table and f.unit = p_unit and p_fields ? f.field
$$;
