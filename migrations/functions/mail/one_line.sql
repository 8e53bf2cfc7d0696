-- Text for a header of a mail: a line break in it would begin another one.
create or replace function macroplan.one_line(p_text text)
returns text
language sql
immutable
parallel safe
as $$
  select regexp_replace(p_text, '[\u0001-\u001f\u007f-\u009f\u2028\u2029]+', ' ', 'g')
$$;
