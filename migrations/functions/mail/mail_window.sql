-- How long notices of a plan are collected before they become mails: a cascade, or a queue that comes online, is one mail.
create or replace function macroplan.mail_window()
returns interval
language sql
immutable
parallel safe
as $$
  select interval '2 minutes'
$$;
