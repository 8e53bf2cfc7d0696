-- The moment for which it is decided what becomes a mail. Tests put another one here.
create or replace function macroplan.mail_clock()
returns timestamptz
language sql
stable
as $$
  select now()
$$;
