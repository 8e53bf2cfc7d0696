-- A mail of a rehearsal says so first, so that nobody takes it for the real thing; so does one on trial.
create or replace function macroplan.mail_subject(p_mail macroplan.mail_outbox)
returns text
language sql
immutable
parallel safe
as $$
  select macroplan.one_line(
    case
      when (p_mail).body ->> 'rehearsal' is not null then format('[REHEARSAL %s] ', (p_mail).body ->> 'rehearsal')
      -- One of a build that did not say which, or of no iteration in particular.
      when (p_mail).body ->> 'mode' = 'test' then '[REHEARSAL] '
      else ''
    end || (p_mail).subject
  )
$$;
