-- Writes the line of event_log that a changed row makes, chained to the plan's last one. The plan's lock, which
-- stamp_row demanded, makes the chain one line.
create or replace function macroplan.log_row()
returns trigger
language plpgsql
as $$
declare
  v_last record;
  v_event macroplan.event_log;
  v_before jsonb;
  v_after jsonb := macroplan.wire(new) - array['id', 'rev', 'removed'];
begin
  select edit.rev, edit.at, edit.claimed_at, edit.actor, edit.actor_name, edit.client_id, edit.edit_id, edit.label,
    edit.erasure,
    last.rev as last_rev, last.n, last.row_count, last.row_sum, last.hash
  into strict v_last
  from macroplan.open_edits as edit
  left join lateral (
    select e.rev, e.n, e.row_count, e.row_sum, e.hash
    from macroplan.event_log as e
    where e.plan_id = edit.plan_id
    order by e.rev desc, e.n desc
    limit 1
  ) as last on true
  where edit.plan_id = new.plan_id;

  v_event.plan_id := new.plan_id;
  v_event.rev := v_last.rev;
  v_event.at := v_last.at;
  v_event.claimed_at := v_last.claimed_at;
  v_event.actor := v_last.actor;
  v_event.actor_name := v_last.actor_name;
  v_event.client_id := v_last.client_id;
  v_event.edit_id := v_last.edit_id;
  v_event.label := v_last.label;
  v_event.form := 2;
  -- The plan's own row is the last that an erasure writes.
  v_event.erasure := case when tg_table_name = 'plans' then v_last.erasure end;
  v_event.n := case when v_last.last_rev = v_last.rev then v_last.n + 1 else 1 end;
  v_event.table_name := tg_table_name;
  v_event.row_id := new.id;
  v_event.row_count := coalesce(v_last.row_count, 0);
  v_event.row_sum := coalesce(v_last.row_sum, 0);
  if tg_op = 'INSERT' or old.removed then
    v_event.op := 'insert';
    v_event.after := v_after;
  else
    v_before := macroplan.wire(old) - array['id', 'rev', 'removed'];
    v_event.row_count := v_event.row_count - 1;
    v_event.row_sum := v_event.row_sum - macroplan.mix(old.id, old.rev);
    if new.removed then
      v_event.op := 'remove';
      v_event.before := v_before;
    else
      v_event.op := 'update';
      select coalesce(jsonb_object_agg(was.key, was.value), '{}'),
        coalesce(jsonb_object_agg(was.key, v_after -> was.key), '{}')
      into v_event.before, v_event.after
      from jsonb_each(v_before) as was
      where was.value is distinct from v_after -> was.key;
    end if;
  end if;
  if not new.removed then
    v_event.row_count := v_event.row_count + 1;
    v_event.row_sum := v_event.row_sum + macroplan.mix(new.id, new.rev);
  end if;
  v_event.hash := macroplan.event_hash(v_last.hash, v_event);
  insert into macroplan.event_log values (v_event.*);
  return null;
end
$$;

create or replace trigger b_log after insert or update on macroplan.plans
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.plan_members
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.iterations
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.phases
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.teams
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.sites
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.chapters
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.dependencies
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.chapter_schedules
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.baselines
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.no_start_windows
for each row execute function macroplan.log_row();
create or replace trigger b_log after insert or update on macroplan.conflicts
for each row execute function macroplan.log_row();
