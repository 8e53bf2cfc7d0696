-- The first problem of some fields: an unknown one, else a bad value in the order of the schema. The twin of
-- checkFields in src/store/values.ts.
create or replace function macroplan.fields_problem(p_table text, p_fields jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_problem jsonb;
  v_field macroplan.fields;
begin
  if p_fields - macroplan.field_names(p_table, 'all') <> '{}' then
    return macroplan.unknown_field(p_table, p_fields);
  end if;
  for v_field in
    select * from macroplan.fields where table_name = p_table and p_fields ? field order by position
  loop
    v_problem := macroplan.field_problem(v_field, p_fields -> v_field.field);
    if v_problem is not null then
      return v_problem;
    end if;
  end loop;
  return null;
end
$$;
