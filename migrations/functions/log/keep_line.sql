-- A line of the log changes in one way only: an erasure (macroplan.erase_person) takes a name out, and marks a line whose hash
-- covered it. Everything else of the line, its hash included, stays as it was.
create or replace function macroplan.keep_line()
returns trigger
language plpgsql
as $$
begin
  perform
  from macroplan.open_edits
  where plan_id = old.plan_id and xid = pg_current_xact_id() and erasure is not null;
  if found
    and (new.plan_id, new.hash) = (old.plan_id, old.hash)
    and new.form is not distinct from coalesce(old.form, 0)
    and macroplan.event_text(new) = macroplan.event_text(old)
  then
    return new;
  end if;
  raise 'the event log only grows' using errcode = 'object_not_in_prerequisite_state';
end
$$;

create or replace trigger a_keep_line before update on macroplan.event_log
for each row execute function macroplan.keep_line();
