-- Some text without a control character.
create or replace function macroplan.is_line(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select p_text <> '' and p_text !~ '[\u0001-\u001f\u007f]'
$$;
