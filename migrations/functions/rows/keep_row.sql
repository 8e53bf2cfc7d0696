-- Rows leave a tombstone and are deleted only by macroplan.prune, which says so in its open edit.
create or replace function macroplan.keep_row()
returns trigger
language plpgsql
as $$
begin
  if tg_op = 'DELETE' then
    perform
    from macroplan.open_edits
    where plan_id = old.plan_id and xid = pg_current_xact_id() and is_pruning;
    if found and old.removed then
      return old;
    end if;
  end if;
  raise 'rows of a plan are removed by macroplan.remove_row, never deleted'
    using errcode = 'object_not_in_prerequisite_state';
end
$$;

create or replace trigger a_keep before delete on macroplan.plans
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.plans
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.plan_members
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.plan_members
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.iterations
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.iterations
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.phases
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.phases
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.teams
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.teams
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.sites
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.sites
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.chapters
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.chapters
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.dependencies
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.dependencies
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.chapter_schedules
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.chapter_schedules
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.baselines
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.baselines
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.no_start_windows
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.no_start_windows
for each statement execute function macroplan.keep_row();
create or replace trigger a_keep before delete on macroplan.conflicts
for each row execute function macroplan.keep_row();
create or replace trigger a_keep_all before truncate on macroplan.conflicts
for each statement execute function macroplan.keep_row();
