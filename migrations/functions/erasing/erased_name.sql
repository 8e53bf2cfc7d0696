-- What stands in place of a name that was erased.
create or replace function macroplan.erased_name()
returns text
language sql
immutable
parallel safe
as $$
  select 'Erased person'
$$;
