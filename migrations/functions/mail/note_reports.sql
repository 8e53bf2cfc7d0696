-- Keeps a notice for the newest beat of each live iteration that somebody gets status reports of, once, however often this is called and
-- however many beats nobody was there for. What the iteration and its mail were at the beat counts: one that was not live then, or
-- whose mail was off, has no report. It is held for each address at once, since there is nothing to collect.
create or replace function macroplan.note_reports()
returns void
language sql
as $$
  with beats as (
    select i.plan_id, i.id as iteration_id, beat.at, was.mode, jsonb_agg(r.every_hours order by r.every_hours) as every
    from macroplan.iterations as i
    join macroplan.plans as p on p.plan_id = i.plan_id and p.id = i.plan_id and not p.removed
    cross join lateral (
      select distinct every_hours
      from macroplan.mail_recipients
      where plan_id = i.plan_id and event = 'report' and removed_at is null
    ) as r
    cross join lateral (select macroplan.beat(r.every_hours, p.time_zone, macroplan.mail_clock()) as at) as beat
    cross join lateral (
      select macroplan.iteration_at(i, 'state', beat.at) as state, macroplan.iteration_at(i, 'mail_mode', beat.at) as mode
    ) as was
    where i.state = 'live' and not i.removed and was.state = 'live' and was.mode <> 'off'
    group by i.plan_id, i.id, beat.at, was.mode
  ),
  noted as (
    insert into macroplan.mail_notices (
      plan_id, key, event, mode, iteration_id, rev, at, actor, actor_name, facts, gathered_at
    )
    select b.plan_id, md5(format('report %s %s', b.iteration_id, macroplan.minutes(b.at)))::uuid, 'report', b.mode,
      b.iteration_id, h.rev, b.at, '', '', jsonb_build_object('every', b.every), macroplan.mail_clock()
    from beats as b
    join macroplan.plan_heads as h on h.plan_id = b.plan_id
    on conflict do nothing
    returning *
  )
  insert into macroplan.mail_held (plan_id, email, key, held_at)
  select n.plan_id, address, n.key, macroplan.mail_clock()
  from noted as n
  cross join lateral macroplan.addresses_of(n) as address
$$;
