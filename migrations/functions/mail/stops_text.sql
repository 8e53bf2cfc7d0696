-- What an addressee is told about the mails of a plan: its name, their own address, what each kind is called and which they stopped.
create or replace function macroplan.stops_text(p_addressee macroplan.mail_addressees)
returns text
language sql
stable
as $$
  select json_build_object(
    'plan', (select name from macroplan.plans where plan_id = (p_addressee).plan_id and id = (p_addressee).plan_id),
    'email', (p_addressee).email,
    'events', (
      select json_agg(json_build_object(
        'event', e.event,
        'title', e.title,
        'is_stopped', exists (
          select
          from macroplan.mail_stops as s
          where s.plan_id = (p_addressee).plan_id and s.email = (p_addressee).email and s.event = e.event
        )
      ) order by e.place)
      from macroplan.mail_events() as e
    )
  )::text
$$;
