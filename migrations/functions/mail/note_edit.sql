-- Keeps what the edit that was just made did that mails tell of: its lines of the log, seen with the iterations as they are
-- now. Called in the edit's transaction. Where nobody is listed, or every iteration's mail is off, it looks no further.
create or replace function macroplan.note_edit(p_plan uuid)
returns void
language plpgsql
as $$
declare
  v_rev bigint;
begin
  if not exists (select from macroplan.mail_recipients where plan_id = p_plan and removed_at is null)
    or not exists (select from macroplan.iterations where plan_id = p_plan and not removed and mail_mode <> 'off')
  then
    return;
  end if;
  v_rev := macroplan.edit_rev(p_plan);
  if v_rev is null then
    return;
  end if;
  insert into macroplan.mail_notices (
    plan_id, key, event, mode, iteration_id, chapter_id, rev, at, actor, actor_name, facts
  )
  select p_plan, md5(format('%s %s %s', e.edit_id, n.row_id, n.event))::uuid, n.event, n.mode, n.iteration_id, n.chapter_id,
    v_rev, e.at, e.actor, e.actor_name, n.facts
  from (
    select edit_id, at, actor, actor_name from macroplan.event_log where plan_id = p_plan and rev = v_rev order by n limit 1
  ) as e
  cross join macroplan.notices_of(p_plan, v_rev) as n
  where exists (
    select from macroplan.mail_recipients as r where r.plan_id = p_plan and r.event = n.event and r.removed_at is null
  )
  on conflict do nothing;
end
$$;
