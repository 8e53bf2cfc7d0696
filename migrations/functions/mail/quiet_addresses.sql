-- The addresses of a plan whose mails wait at p_at.
create or replace function macroplan.quiet_addresses(p_plan uuid, p_at timestamptz)
returns setof text
language sql
stable
as $$
  select email
  from macroplan.mail_quiet_hours
  where plan_id = p_plan and removed_at is null and macroplan.is_quiet(quiet_from, quiet_to, zone, p_at)
$$;
