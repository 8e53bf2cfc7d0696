-- A whole new row: what is given, and the default of every other field (null where it has none).
create or replace function macroplan.with_defaults(p_table text, p_fields jsonb)
returns jsonb
language sql
stable
as $$
  select jsonb_object_agg(field, coalesce(default_value, 'null')) || p_fields
  from macroplan.fields
  where table_name = p_table
$$;
