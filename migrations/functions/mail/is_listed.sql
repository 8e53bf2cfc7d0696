-- Whether mails about an event still go to an address: some row lists it, or a team that has it, and it did not stop them.
create or replace function macroplan.is_listed(p_plan uuid, p_email text, p_event text)
returns boolean
language sql
stable
as $$
  select exists (
    select
    from macroplan.mail_recipients as r
    where r.plan_id = p_plan
      and r.event = p_event
      and r.removed_at is null
      and case r.audience
        when 'address' then lower(r.email) = p_email
        else exists (
          select
          from macroplan.teams as t
          where t.plan_id = p_plan and lower(t.email) = p_email and not t.removed and t.id = coalesce(r.team_id, t.id)
        )
      end
  ) and not exists (
    select from macroplan.mail_stops as s where s.plan_id = p_plan and s.email = p_email and s.event = p_event
  )
$$;
