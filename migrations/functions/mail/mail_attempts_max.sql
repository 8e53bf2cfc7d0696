-- How often a mail is tried before it is parked: with the pauses of api.settle_mail, for about four hours.
create or replace function macroplan.mail_attempts_max()
returns int
language sql
immutable
parallel safe
as $$
  select 8
$$;
