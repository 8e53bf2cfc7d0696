-- Keeps a notice for each gate of a live iteration whose time is near and that nobody decided: once for each time that it is
-- planned at, however often this is called.
create or replace function macroplan.announce_gates()
returns void
language sql
as $$
  insert into macroplan.mail_notices (
    plan_id, key, event, mode, iteration_id, chapter_id, rev, at, actor, actor_name, facts
  )
  select s.plan_id, md5(format('gate_due %s %s', s.id, macroplan.minutes(s.planned_end)))::uuid, 'gate_due', i.mail_mode, i.id,
    c.id, s.rev, macroplan.mail_clock(), '', '', jsonb_build_object('due', macroplan.minutes(s.planned_end))
  from macroplan.iterations as i
  join macroplan.chapter_schedules as s on s.iteration_id = i.id and s.plan_id = i.plan_id and not s.removed
  join macroplan.chapters as c on c.plan_id = s.plan_id and c.id = s.chapter_id and not c.removed
  where i.state = 'live'
    and i.mail_mode <> 'off'
    and not i.removed
    and c.kind = 'gate'
    and s.decision is null
    and s.status not in ('done', 'skipped')
    -- Who switches mail on in the middle of a night is not told of every gate of the evening.
    and s.planned_end between macroplan.mail_clock() - interval '2 hours' and macroplan.mail_clock() + macroplan.gate_notice()
    and exists (
      select from macroplan.mail_recipients as r where r.plan_id = i.plan_id and r.event = 'gate_due' and r.removed_at is null
    )
  on conflict do nothing
$$;
