-- POST /unsubscribe/{token}: {"stop": [event]} or {"resume": [event]}, or both. Asking twice is the same as asking once. The token
-- alone says who may: an addressee need not be anybody that the host knows. Answers as api.mail_stops.
create or replace function api.stop_mails(p_token text, p_body text)
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_body jsonb := macroplan.parse_body(p_body);
  v_addressee macroplan.mail_addressees := macroplan.find_addressee(p_token);
  v_events text[] := array(select event from macroplan.mail_events());
begin
  if not coalesce(
    jsonb_typeof(coalesce(v_body -> 'stop', '[]')) = 'array'
    and jsonb_typeof(coalesce(v_body -> 'resume', '[]')) = 'array'
    and to_jsonb(v_events) @> (coalesce(v_body -> 'stop', '[]') || coalesce(v_body -> 'resume', '[]')),
    false
  ) then
    perform macroplan.reject(400, 'bad_request', 'Say which kinds of mail to stop.');
  end if;
  insert into macroplan.mail_stops (plan_id, email, event)
  select v_addressee.plan_id, v_addressee.email, event
  from jsonb_array_elements_text(coalesce(v_body -> 'stop', '[]')) as event
  on conflict do nothing;
  delete from macroplan.mail_stops
  where plan_id = v_addressee.plan_id
    and email = v_addressee.email
    and coalesce(v_body -> 'resume', '[]') ? event;
  return macroplan.stops_text(v_addressee);
end
$$;
