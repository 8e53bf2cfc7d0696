-- A lower-case uuid, or null for any other text. No regular expression: one with counted repeats is slow to run.
create or replace function macroplan.uuid_or_null(p_text text)
returns uuid
language sql
immutable
parallel safe
as $$
  select case
    when translate(p_text, '123456789abcdef', '000000000000000') = '00000000-0000-0000-0000-000000000000'
    then p_text::uuid
  end
$$;
