-- Whether this server is a standby of the one that api.log_position told of, on the same timeline, and has replayed the log up
-- to there. A standby that turned to a new timeline says so only after its next restart point.
create or replace function api.has_replayed(p_position text)
returns boolean
language sql
security definer
set search_path = macroplan, pg_temp
as $$
  select pg_is_in_recovery()
    and split_part(p_position, ' ', 1) = (select system_identifier::text from pg_control_system())
    and split_part(p_position, ' ', 2) = (select timeline_id::text from pg_control_checkpoint())
    and coalesce(pg_last_wal_replay_lsn() >= split_part(p_position, ' ', 3)::pg_lsn, false)
$$;
