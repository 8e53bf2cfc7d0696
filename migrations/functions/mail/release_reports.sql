-- As macroplan.release_mails, for status reports: of those of an iteration that an address is to get only the newest goes, whether
-- quiet hours held the others or a mail server did; and none where the iteration is over.
create or replace function macroplan.release_reports(p_plan uuid, p_now timestamptz)
returns void
language sql
as $$
  with released as (
    delete from macroplan.mail_held as h
    using macroplan.mail_notices as n
    where h.plan_id = p_plan
      and n.plan_id = h.plan_id
      and n.key = h.key
      and n.event = 'report'
      and (p_now is null or h.email not in (select macroplan.quiet_addresses(p_plan, p_now)))
    returning h.email, n.mode, n.iteration_id, n.at
  ),
  newest as (
    select distinct on (r.email, i.id) r.email, r.mode, r.at, i.id as iteration_id, i.code, i.kind
    from released as r
    join macroplan.iterations as i on i.plan_id = p_plan and i.id = r.iteration_id and i.state = 'live' and not i.removed
    where macroplan.is_listed(p_plan, r.email, case r.mode when 'on' then 'report' else 'test' end)
    order by r.email, i.id, r.at desc
  ),
  replaced as (
    delete from macroplan.mail_outbox as m
    using newest as n
    where m.plan_id = p_plan
      and m.recipient = n.email
      and m.body ->> 'kind' = 'report'
      and m.body ->> 'iteration_id' = n.iteration_id::text
      and m.state = 'due'
      -- Somebody sends it in this moment.
      and coalesce(m.leased_until <= now(), true)
  ),
  keyed as (
    select n.*, format('report %s %s %s', n.iteration_id, macroplan.minutes(n.at), n.email) as dedupe_key from newest as n
  )
  insert into macroplan.mail_outbox (plan_id, id, dedupe_key, recipient, subject, body)
  select p_plan, macroplan.mail_id(p_plan, k.dedupe_key), k.dedupe_key, k.email,
    macroplan.one_line(format(
      '%s: status of %s, %s', p.code, k.code,
      -- The beat, or the moment at which it may be told at last.
      to_char(told.at at time zone p.time_zone, 'Dy ') || macroplan.show_clock(told.at, p.time_zone, false)
    )),
    jsonb_build_object(
      'kind', 'report', 'iteration_id', k.iteration_id, 'mode', k.mode,
      'events', case k.mode when 'on' then '["report"]' else '["test"]' end::jsonb,
      'rehearsal', case when k.mode = 'test' or k.kind <> 'CUTOVER' then k.code end
    )
  from keyed as k
  join macroplan.plans as p on p.plan_id = p_plan and p.id = p_plan
  cross join lateral (
    select case when macroplan.mail_clock() < k.at + interval '5 minutes' then k.at else macroplan.mail_clock() end as at
  ) as told
  on conflict (plan_id, dedupe_key) do nothing
$$;
