-- Lets a person whose name was erased be named again, by what they do from now on. Answers whether they were erased.
create or replace function macroplan.unerase_person(p_user_key text)
returns boolean
language plpgsql
as $$
begin
  update macroplan.erasures
  set revoked_at = clock_timestamp(),
    revoked_by = session_user
  where user_key = p_user_key and revoked_at is null;
  return found;
end
$$;
