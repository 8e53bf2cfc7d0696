-- Ends a request that this server cannot answer for certain, since it is a standby and may be behind what the asker has read or
-- been told: a host asks the primary then. Nothing on a primary.
create or replace function macroplan.reject_behind()
returns void
language plpgsql
as $$
begin
  if pg_is_in_recovery() then
    perform macroplan.reject(425, 'busy', 'This copy of the database is not as far yet. Please try again.');
  end if;
end
$$;
