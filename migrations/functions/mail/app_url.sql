-- An address of the standalone page, p_app, with p_rest ("macroplan-plan=…", values encoded) in its query.
create or replace function macroplan.app_url(p_app text, p_rest text)
returns text
language sql
immutable
parallel safe
as $$
  select p_app || case when position('?' in p_app) > 0 then '&' else '?' end || p_rest
$$;
