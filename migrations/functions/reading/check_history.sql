-- A database that runs on another system or another timeline than it last did was restored or failed over: what
-- replicas have read may be gone, so the history gets a new epoch. Answers the epoch. Hosts ask when they start.
create or replace function macroplan.check_history()
returns uuid
language plpgsql
as $$
declare
  v_system bigint := (select system_identifier from pg_control_system());
  v_timeline int := (select timeline_id from pg_control_checkpoint());
  v_meta macroplan.meta;
begin
  select * into strict v_meta from macroplan.meta;
  if (v_meta.system_identifier, v_meta.timeline) is not distinct from (v_system, v_timeline) then
    return v_meta.epoch;
  end if;
  update macroplan.meta
  set system_identifier = v_system,
    timeline = v_timeline,
    epoch = case when v_meta.system_identifier is null then epoch else gen_random_uuid() end
  returning epoch into v_meta.epoch;
  return v_meta.epoch;
end
$$;
