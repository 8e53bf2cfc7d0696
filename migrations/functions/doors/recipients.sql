-- GET /recipients, for the leads of a plan: who is listed for which mails, who stopped which, and who changed the list.
create or replace function api.recipients(p_who jsonb, p_plan text)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
begin
  return macroplan.recipients_text(macroplan.find_led_plan(p_who, p_plan));
end
$$;
