-- GET /version; also the health check.
create or replace function api.version(p_build text)
returns text
language sql
stable
security definer
set search_path = macroplan, pg_temp
as $$
  select format('{"protocol":1,"min_protocol":1,"build":%s,"limits":%s}', to_json(p_build), limits)
  from macroplan.meta
$$;
