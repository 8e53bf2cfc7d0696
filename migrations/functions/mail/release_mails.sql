-- Makes mails of what is held in a plan for addresses that are not quiet at p_now, and of what waits for nobody's quiet hours: one an
-- address. p_now null: of all of it. Status reports are another matter (macroplan.release_reports). Whoever was taken off the list meanwhile, or stopped such mails, is told nothing.
create or replace function macroplan.release_mails(p_plan uuid, p_now timestamptz)
returns void
language sql
as $$
  with released as (
    delete from macroplan.mail_held as h
    using macroplan.mail_notices as n, macroplan.mail_events() as e
    where h.plan_id = p_plan
      and n.plan_id = h.plan_id
      and n.key = h.key
      and e.event = n.event
      and n.event <> 'report'
      and (not e.waits or p_now is null or h.email not in (select macroplan.quiet_addresses(p_plan, p_now)))
    returning h.email, n.key, n.event, n.mode, n.iteration_id, n.chapter_id
  ),
  digests as (
    select n.email, n.mode, array_agg(n.key order by n.key) as keys,
      case n.mode when 'on' then to_jsonb(array_agg(distinct n.event)) else '["test"]' end as events,
      jsonb_agg(jsonb_build_array(n.event, coalesce(n.chapter_id, n.key))) as what,
      case
        when n.mode = 'test' or bool_and(i.kind <> 'CUTOVER') then string_agg(distinct i.code, ', ' order by i.code)
      end as rehearsal
    from released as n
    left join macroplan.iterations as i on i.plan_id = p_plan and i.id = n.iteration_id
    where macroplan.is_listed(p_plan, n.email, case n.mode when 'on' then n.event else 'test' end)
    group by n.email, n.mode
  ),
  keyed as (
    select d.*, format('digest %s %s', md5(array_to_string(d.keys, ' ')), d.email) as dedupe_key from digests as d
  )
  insert into macroplan.mail_outbox (plan_id, id, dedupe_key, recipient, subject, body)
  select p_plan, macroplan.mail_id(p_plan, k.dedupe_key), k.dedupe_key, k.email, macroplan.digest_subject(p_plan, k.what),
    jsonb_build_object(
      'kind', 'digest', 'notices', to_jsonb(k.keys), 'mode', k.mode, 'events', k.events, 'rehearsal', k.rehearsal
    )
  from keyed as k
  on conflict (plan_id, dedupe_key) do nothing
$$;
