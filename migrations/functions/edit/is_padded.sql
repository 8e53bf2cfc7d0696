-- Whether a text has a space at one of its ends.
create or replace function macroplan.is_padded(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select p_text ~ '^[ \u00a0]|[ \u00a0]$'
$$;
