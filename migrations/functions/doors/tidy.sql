-- Housekeeping for one plan that nobody tidied for a day: prunes tombstones older than 90 days, and forgets receipts of
-- edits without effect whose device was not seen for 180 days (those with effect live as long as the log), notices that became
-- mails 30 days ago, or are that old where nobody sends mails, and mails that were sent 90 days ago. Answers the plan's id, or null where no plan is due. Hosts call it until it answers null;
-- those that call at once take different plans.
create or replace function api.tidy()
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan uuid;
begin
  update macroplan.plan_heads
  set tidied_at = now()
  where plan_id = (
    select plan_id
    from macroplan.plan_heads
    where tidied_at < now() - interval '1 day'
    order by tidied_at
    limit 1
    for update skip locked
  )
  returning plan_id into v_plan;
  if v_plan is null then
    return null;
  end if;
  perform macroplan.prune(v_plan);
  delete from macroplan.receipts as r
  using macroplan.clients as c
  where r.plan_id = v_plan
    and r.outcome in ('noop', 'refused')
    and c.plan_id = r.plan_id
    and c.client_id = r.client_id
    and c.seen_at < now() - interval '180 days';
  delete from macroplan.mail_notices
  where plan_id = v_plan and coalesce(gathered_at, at) < now() - interval '30 days';
  delete from macroplan.mail_outbox
  where plan_id = v_plan and state = 'sent' and sent_at < now() - interval '90 days';
  return v_plan::text;
end
$$;
