-- True for a uuid as the wire has it: lower case, with dashes.
create or replace function macroplan.is_uuid(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select coalesce(p_text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', false)
$$;
