-- A conflict's row, or what of it is in the log, without its author's name.
create or replace function macroplan.without_name(p_fields jsonb)
returns jsonb
language sql
immutable
parallel safe
as $$
  select case
    when p_fields ? 'author_name' then p_fields || jsonb_build_object('author_name', macroplan.erased_name())
    else p_fields
  end
$$;
