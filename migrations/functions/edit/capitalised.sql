create or replace function macroplan.capitalised(p_sentence text)
returns text
language sql
immutable
parallel safe
as $$
  select upper(left(p_sentence, 1)) || substr(p_sentence, 2)
$$;
