-- GET /delta. The etag is the cursor of the plan's head; `p_etag` is If-None-Match as it came and is compared weakly
-- (W/, quotes and an encoding's suffix ignored). A null body means 304: the replica already stands there.
create or replace function api.delta(p_who jsonb, p_plan text, p_cursor text, p_etag text)
returns table (etag text, body text)
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  etag := (macroplan.read_head(v_plan.plan_id, v_plan.role)).cursor;
  if etag is distinct from p_cursor or etag is distinct from regexp_replace(p_etag, '^(W/)?"?|(-\w+)?"?$', '', 'g') then
    body := macroplan.delta(
      v_plan.plan_id, v_plan.role, p_cursor, macroplan.reset_reason(v_plan.plan_id, v_plan.role, p_cursor)
    );
  end if;
  return next;
end
$$;
