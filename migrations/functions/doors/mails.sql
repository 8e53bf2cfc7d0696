-- For the leads of a plan: what became of its mails, newest first, those that were given up before all others.
create or replace function api.mails(p_who jsonb, p_plan text)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan uuid := macroplan.find_led_plan(p_who, p_plan);
begin
  return (
    select json_build_object('mails', coalesce(json_agg(
      json_build_object(
        'id', (mail).id, 'to', (mail).recipient, 'subject', macroplan.mail_subject(mail), 'state', (mail).state,
        'attempts', (mail).attempts, 'due_at', macroplan.milliseconds((mail).due_at),
        'sent_at', macroplan.milliseconds((mail).sent_at), 'error', (mail).last_error
      )
      order by (mail).state = 'parked' desc, (mail).due_at desc
    ), '[]'))
    from (
      select m as mail
      from macroplan.mail_outbox as m
      where m.plan_id = v_plan
      order by m.state = 'parked' desc, m.due_at desc
      limit 200
    ) as newest
  );
end
$$;
