-- Some text without a control character, and not of blanks alone, whatever their width.
create or replace function macroplan.is_line(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select p_text ~ '[^ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]'
    and p_text !~ '[\u0001-\u001f\u007f]'
$$;
