-- For administrators, of all plans at once and without naming any: mails that wait, that should have gone ten minutes ago
-- (so no job seems to run), that were given up, and how long the oldest has waited since it was due.
create or replace function api.mail_health()
returns text
language sql
stable
security definer
set search_path = macroplan, pg_temp
as $$
  select json_build_object(
    'due', count(*) filter (where state = 'due'),
    'overdue', count(*) filter (where state = 'due' and due_at < now() - interval '10 minutes'),
    'parked', count(*) filter (where state = 'parked'),
    'oldest_s', coalesce(
      floor(extract(epoch from now() - min(due_at) filter (where state = 'due' and due_at < now()))), 0
    )
  )::text
  from (
    select state, due_at from macroplan.mail_outbox where state <> 'sent'
    union all
    -- What should have become a mail by now.
    select 'due', min(at) + macroplan.mail_window()
    from macroplan.mail_notices
    where gathered_at is null
    group by plan_id
    having min(at) < now() - macroplan.mail_window()
    union all
    select 'due', macroplan.quiet_ended(plan_id, email, now()) + macroplan.mail_window()
    from (select distinct plan_id, email from macroplan.mail_held) as held
    where macroplan.quiet_ended(plan_id, email, now()) < now() - macroplan.mail_window()
  ) as mails
$$;
