-- Since when an address is quiet no more, by its hours or because a lead took these away; null while it is quiet.
create or replace function macroplan.quiet_ended(p_plan uuid, p_email text, p_at timestamptz)
returns timestamptz
language sql
stable
as $$
  select max(coalesce(q.removed_at, ended.at))
  from macroplan.mail_quiet_hours as q
  cross join generate_series(0, 2) as back
  cross join lateral (
    select ((p_at at time zone q.zone)::date - back + make_interval(mins => q.quiet_to)) at time zone q.zone as at
  ) as ended
  where q.plan_id = p_plan
    and q.email = p_email
    and (q.removed_at is not null or ended.at <= p_at)
    and p_email not in (select macroplan.quiet_addresses(p_plan, p_at))
$$;
