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
  v_cursor text := v_body ->> 'cursor';
  v_plan record;
  v_reset text;
  v_taken text;
  v_role text;
begin
  perform macroplan.check_sync_request(v_body);
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  v_role := v_plan.role;
  if v_body -> 'edits' <> '[]' then
    perform macroplan.lock_plan(v_plan.plan_id);
    -- Again, now that nobody else can change it: whoever lost the plan while waiting here may neither change nor read it.
    v_role := macroplan.role_in(v_plan.plan_id, p_who);
  end if;
  v_reset := macroplan.reset_reason(v_plan.plan_id, v_role, v_cursor);
  v_taken := macroplan.take_edits(v_plan.plan_id, p_who, v_role, v_body, macroplan.rev_of(v_cursor, v_reset));
  if macroplan.changes_members(v_body -> 'edits') then
    -- An edit of this request may have taken its author's role away; this reply still comes, the next request meets it.
    v_role := coalesce(macroplan.role_of(v_plan.plan_id, p_who), v_role);
    v_reset := macroplan.reset_reason(v_plan.plan_id, v_role, v_cursor);
  end if;
  return '{' || v_taken || substr(macroplan.delta(v_plan.plan_id, v_role, v_cursor, v_reset), 2);
end
$$;
