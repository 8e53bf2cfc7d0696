-- What a person is called here: as the platform says, unless their name was erased. In plpgsql, which keeps the plan: each edit asks.
create or replace function macroplan.name_of(p_user_key text, p_name text)
returns text
language plpgsql
stable
parallel safe
as $$
begin
  if exists (select from macroplan.erasures where user_key = p_user_key and revoked_at is null) then
    return macroplan.erased_name();
  end if;
  return p_name;
end
$$;
