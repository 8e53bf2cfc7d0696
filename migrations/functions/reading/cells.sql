-- A row as JSON text of an array in column order. Text, because jsonb would put a space after every comma.
create or replace function macroplan.cells(p_fields jsonb, p_columns text[])
returns text
language sql
immutable
parallel safe
as $$
  select '[' || string_agg(coalesce(p_fields -> c.name, 'null')::text, ',' order by c.position) || ']'
  from unnest(p_columns) with ordinality as c (name, position)
$$;
