-- True for a uuid as the wire has it: lower case, with dashes. No regular expression: one with counted repeats is slow to run.
create or replace function macroplan.is_uuid(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select coalesce(
    translate(p_text, '123456789abcdef', '000000000000000') = '00000000-0000-0000-0000-000000000000', false
  )
$$;
