-- Whether a base says what was seen in just the fields of a change; a null base says that no row was seen.
create or replace function macroplan.names_same_fields(p_base jsonb, p_set jsonb)
returns boolean
language sql
immutable
as $$
  select case jsonb_typeof(p_base)
    when 'null' then true
    -- Fields laid over fields hide all of them only where they have every name.
    when 'object' then p_base || p_set = p_set and p_set || p_base = p_base
    else false
  end
$$;
