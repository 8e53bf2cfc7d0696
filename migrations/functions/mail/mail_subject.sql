-- A mail of a rehearsal says so first, so that nobody takes it for the real thing.
create or replace function macroplan.mail_subject(p_mail macroplan.mail_outbox)
returns text
language sql
immutable
parallel safe
as $$
  select case when (p_mail).body ->> 'mode' = 'test' then '[TEST] ' else '' end || (p_mail).subject
$$;
