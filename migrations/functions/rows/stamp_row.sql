-- Stamps each row with the rev of the edit that writes it. It raises unless this transaction holds the plan's lock
-- through macroplan.begin_edit, so that no import, job or console can break the order of revs.
create or replace function macroplan.stamp_row()
returns trigger
language plpgsql
as $$
declare
  v_rev bigint;
begin
  if tg_op = 'INSERT' and new.removed then
    raise 'a row is not born removed' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (new.plan_id, new.id) is distinct from (old.plan_id, old.id) then
    raise 'a row keeps its plan and its id' using errcode = 'check_violation';
  end if;
  select rev into v_rev
  from macroplan.open_edits
  where plan_id = new.plan_id and xid = pg_current_xact_id();
  if not found then
    raise 'rows of a plan change only in a transaction that called macroplan.begin_edit'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  if v_rev is null then
    update macroplan.plan_heads set rev = rev + 1 where plan_id = new.plan_id returning rev into strict v_rev;
    update macroplan.open_edits set rev = v_rev, at = clock_timestamp() where plan_id = new.plan_id;
  end if;
  new.rev := v_rev;
  return new;
end
$$;

create or replace trigger a_stamp before insert or update on macroplan.plans
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.plan_members
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.iterations
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.phases
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.teams
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.sites
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.chapters
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.dependencies
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.chapter_schedules
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.baselines
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.no_start_windows
for each row execute function macroplan.stamp_row();
create or replace trigger a_stamp before insert or update on macroplan.conflicts
for each row execute function macroplan.stamp_row();
