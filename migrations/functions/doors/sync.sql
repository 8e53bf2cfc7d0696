-- POST /sync: edits out and facts in, one transaction. Who asks and in which role comes from the host and the plan, never
-- from the body. If it fails, nothing of it happened.
create or replace function api.sync(p_who jsonb, p_plan text, p_body text)
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_body jsonb := macroplan.parse_body(p_body);
  v_plan record;
  v_taken text;
  v_role text;
begin
  perform macroplan.check_sync_request(v_body);
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  v_taken := macroplan.take_edits(v_plan.plan_id, p_who, v_body);
  -- Read again: an edit of this request may have changed its author's role, or taken it away, which the next one meets.
  v_role := coalesce(macroplan.role_of(v_plan.plan_id, p_who), v_plan.role);
  return '{' || v_taken || substr(macroplan.delta(v_plan.plan_id, v_role, v_body ->> 'cursor'), 2);
end
$$;
