-- Whether a base says what was seen in just the fields of a change; a null base says that no row was seen.
create or replace function macroplan.names_same_fields(p_base jsonb, p_set jsonb)
returns boolean
language sql
immutable
as $$
  select case jsonb_typeof(p_base)
    when 'null' then true
    when 'object' then
      (select coalesce(array_agg(name order by name), '{}') from jsonb_object_keys(p_base) as name)
      = (select coalesce(array_agg(name order by name), '{}') from jsonb_object_keys(p_set) as name)
    else false
  end
$$;
