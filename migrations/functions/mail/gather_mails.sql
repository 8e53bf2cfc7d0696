-- Makes mails of the notices of each plan whose oldest waits for longer than p_age: one an addressee, however many they are; and of
-- what was held for an address whose quiet hours are over. Zero: of all there is, whoever is quiet (after a restore).
-- Any number of hosts may call this at once: each plan is one's, and the key of a mail is a pure function of what it tells and
-- to whom, so that what was told once is not told again after a restore.
create or replace function macroplan.gather_mails(p_age interval)
returns void
language plpgsql
as $$
declare
  v_now timestamptz := macroplan.mail_clock();
  v_plan uuid;
begin
  perform macroplan.announce_gates();
  perform macroplan.note_reports();
  for v_plan in
    select plan_id from macroplan.mail_notices where gathered_at is null and at <= v_now - p_age
    union
    select h.plan_id
    from (select distinct plan_id, email from macroplan.mail_held) as h
    where p_age = interval '0' or h.email not in (select macroplan.quiet_addresses(h.plan_id, v_now))
  loop
    -- Held to the end of the transaction. It is not the plan's lock: nobody's edit waits for a mail.
    if pg_try_advisory_xact_lock(hashtextextended('macroplan mails ' || v_plan, 0)) then
      begin
        perform macroplan.gather_plan(v_plan, p_age);
      exception
        -- Its notices stay and are counted as overdue; the other plans' mails go out.
        when others then
          raise warning 'the mails of plan % could not be gathered: % (%)', v_plan, sqlerrm, sqlstate;
      end;
    end if;
  end loop;
end
$$;
