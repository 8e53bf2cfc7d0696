-- For administrators, of all plans at once and without naming any: mails that wait, that should have gone ten minutes ago
-- (so no job seems to run), and that were given up.
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
    'parked', count(*) filter (where state = 'parked')
  )::text
  from macroplan.mail_outbox
  where state <> 'sent'
$$;
