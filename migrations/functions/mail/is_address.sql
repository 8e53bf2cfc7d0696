-- One mail address and nothing else: no name, no list, no line break. The twin of the pattern in src/store/values.ts.
create or replace function macroplan.is_address(p_text text)
returns boolean
language sql
immutable
parallel safe
as $$
  select p_text ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$'
$$;
