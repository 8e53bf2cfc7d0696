-- GET /unsubscribe/{token}, for whoever has the token of an addressee: whose mails these are and which of them were stopped.
-- Changes nothing, since programs that check mails follow every link.
create or replace function api.mail_stops(p_token text)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
begin
  return macroplan.stops_text(macroplan.find_addressee(p_token));
end
$$;
