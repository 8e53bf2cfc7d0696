-- The first field, by name, that a table does not have: {code, field, message}, or null.
create or replace function macroplan.unknown_field(p_table text, p_fields jsonb)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
    'code', 'unknown_field',
    'field', name,
    'message', format('A %s has no field "%s".', macroplan.noun(p_table), name)
  )
  from jsonb_object_keys(p_fields) as name
  where not exists (select from macroplan.fields as f where f.table_name = p_table and f.field = name)
  order by name collate "C"
  limit 1
$$;
