-- What an insert without fields gives a row of a table.
create or replace function macroplan.default_fields(p_table text)
returns jsonb
language sql
stable
parallel safe
as $$
  select coalesce(jsonb_object_agg(field, default_value), '{}')
  from macroplan.fields
  where table_name = p_table and default_value is not null
$$;
