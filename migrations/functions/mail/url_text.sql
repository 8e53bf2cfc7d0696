-- Text as a value in the query of an address.
create or replace function macroplan.url_text(p_text text)
returns text
language sql
immutable
parallel safe
as $$
  select case
    when p_text ~ '^[A-Za-z0-9._~-]*$' then p_text
    else regexp_replace(encode(convert_to(p_text, 'UTF8'), 'hex'), '(..)', '%\1', 'g')
  end
$$;
