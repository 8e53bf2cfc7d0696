-- For hosts that also read from a standby: how far this server, which is the primary, has come, in a form for
-- api.has_replayed. On a standby it fails.
create or replace function api.log_position()
returns text
language sql
security definer
set search_path = macroplan, pg_temp
as $$
  select concat_ws(
    ' ', (select system_identifier from pg_control_system()),
    -- The name of a file of the log begins with the timeline; the control file learns of a new one only at a checkpoint.
    ('x' || left(pg_walfile_name(lsn), 8))::bit(32)::int, lsn
  )
  from pg_current_wal_flush_lsn() as lsn
$$;
