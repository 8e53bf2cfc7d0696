-- Hosts call it when they start, and may at any time: notices a restored database. Answers the epoch.
create or replace function api.hello()
returns text
language sql
security definer
set search_path = macroplan, pg_temp
as $$
  select macroplan.check_history()::text
$$;
