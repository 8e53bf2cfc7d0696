-- macroplan.gather_mails for one plan; the caller is alone with it. Looks again whether it is time: somebody may have been here
-- in the moment before.
create or replace function macroplan.gather_plan(p_plan uuid, p_age interval)
returns void
language sql
as $$
  with gathered as (
    update macroplan.mail_notices as waiting
    set gathered_at = now()
    where plan_id = p_plan
      and gathered_at is null
      and exists (
        select from macroplan.mail_notices where plan_id = p_plan and gathered_at is null and at <= now() - p_age
      )
    returning *
  ),
  digests as (
    select address as email, n.mode, array_agg(n.key order by n.key) as keys,
      case n.mode when 'on' then to_jsonb(array_agg(distinct n.event)) else '["test"]' end as events,
      jsonb_agg(jsonb_build_array(n.event, coalesce(n.chapter_id, n.key))) as what,
      case
        when n.mode = 'test' or bool_and(i.kind <> 'CUTOVER') then string_agg(distinct i.code, ', ' order by i.code)
      end as rehearsal
    from gathered as n
    left join macroplan.iterations as i on i.plan_id = n.plan_id and i.id = n.iteration_id
    cross join lateral macroplan.addresses_of(n) as address
    group by address, n.mode
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
