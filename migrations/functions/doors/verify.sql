-- GET /verify: whether the event log of a plan is whole, and where not, the first broken link. `sealed`: how many lines only the seal
-- of an erasure vouches for; left out where there are none.
create or replace function api.verify(p_who jsonb, p_plan text)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_broken record;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  select * into v_broken from macroplan.broken_link(v_plan.plan_id);
  if v_broken.rev is not null then
    return json_build_object('ok', false, 'rev', v_broken.rev, 'n', v_broken.n, 'reason', v_broken.reason);
  end if;
  return (
    select json_strip_nulls(json_build_object(
      'ok', true,
      'events', count(*),
      'head', encode(macroplan.hash_at(v_plan.plan_id, max(rev)), 'hex'),
      'sealed', nullif(count(*) filter (where form = 0), 0)
    ))
    from macroplan.event_log
    where plan_id = v_plan.plan_id
  );
end
$$;
