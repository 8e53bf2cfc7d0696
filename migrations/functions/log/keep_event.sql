-- The log only grows, whoever asks; names that stand beside its chain are another matter (keep_line.sql).
create or replace function macroplan.keep_event()
returns trigger
language plpgsql
as $$
begin
  raise 'the event log only grows' using errcode = 'object_not_in_prerequisite_state';
end
$$;

create or replace trigger a_keep before delete or truncate on macroplan.event_log
for each statement execute function macroplan.keep_event();
