-- Re-applied last, after every change of a function. Nothing is for the public, not even functions made later; the
-- hosts' role may execute the doors and touch no table.

select macroplan.make_field_names();
select macroplan.make_write_row();

alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;

revoke all on schema macroplan, api from public;
revoke all on all tables in schema macroplan from public;
revoke all on all functions in schema macroplan, api from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'macroplan_host') then
    grant usage on schema api to macroplan_host;
    grant execute on all functions in schema api to macroplan_host;
    revoke execute on function api.new_epoch() from macroplan_host;
  end if;
end
$$;
