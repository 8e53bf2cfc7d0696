-- For an administrator who put the database back to an older state by other means than a restore or a failover. Not
-- for hosts.
create or replace function api.new_epoch()
returns text
language sql
security definer
set search_path = macroplan, pg_temp
as $$
  update macroplan.meta set epoch = gen_random_uuid() returning epoch::text
$$;
