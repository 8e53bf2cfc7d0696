-- Where an addressee of a plan stops mails about events: the page shows what would happen, and only a press does it. Makes the
-- addressee's token where there is none yet.
create or replace function macroplan.stop_url(p_plan uuid, p_email text, p_app text, p_events jsonb)
returns text
language plpgsql
as $$
declare
  v_token uuid;
begin
  insert into macroplan.mail_addressees (plan_id, email) values (p_plan, lower(p_email)) on conflict do nothing;
  select token into v_token from macroplan.mail_addressees where plan_id = p_plan and email = lower(p_email);
  return macroplan.app_url(p_app, format('macroplan-stop=%s&macroplan-events=%s', v_token, (
    select string_agg(event, '.' order by event) from jsonb_array_elements_text(p_events) as event
  )));
end
$$;
