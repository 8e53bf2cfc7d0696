-- macroplan.gather_mails for one plan; the caller is alone with it. Looks again whether it is time: somebody may have been here
-- in the moment before. Reports wait for nothing but quiet hours. While notices are still collected, what is held waits with them, so that what happened in the last minutes
-- of quiet hours is in the same mail.
create or replace function macroplan.gather_plan(p_plan uuid, p_age interval)
returns void
language plpgsql
as $$
declare
  v_now timestamptz := macroplan.mail_clock();
  v_awake_at timestamptz := case when p_age > interval '0' then v_now end;
  v_oldest timestamptz;
begin
  perform macroplan.release_reports(p_plan, v_awake_at);
  select min(at) into v_oldest from macroplan.mail_notices where plan_id = p_plan and gathered_at is null;
  if v_oldest > v_now - p_age then
    return;
  end if;
  with gathered as (
    update macroplan.mail_notices
    set gathered_at = v_now
    where plan_id = p_plan and gathered_at is null
    returning *
  )
  insert into macroplan.mail_held (plan_id, email, key, held_at)
  select p_plan, address, n.key, v_now
  from gathered as n
  cross join lateral macroplan.addresses_of(n) as address
  on conflict do nothing;
  perform macroplan.release_mails(p_plan, v_awake_at);
end
$$;
