-- A row in wire form without what no edit may set.
create or replace function macroplan.all_fields(p_row jsonb)
returns jsonb
language sql
immutable
as $$
  select p_row - array['id', 'rev', 'removed']
$$;
