-- True for the name of a zone in the time zone database. The pattern keeps out what PostgreSQL also understands:
-- abbreviations, whose meaning is a setting, and POSIX rules.
create or replace function macroplan.is_zone(p_name text)
returns boolean
language plpgsql
stable
parallel unsafe
as $$
begin
  if p_name !~ '^(UTC|Etc/GMT([+-][0-9]{1,2})?|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2})$' then
    return false;
  end if;
  perform timestamptz 'epoch' at time zone p_name;
  return true;
exception
  when invalid_parameter_value then
    return false;
end
$$;
