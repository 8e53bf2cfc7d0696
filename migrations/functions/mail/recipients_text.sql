-- The list of a plan's recipients as it travels. `changes`: the newest 50, of recipients (their `event` says for what) and of quiet
-- hours (no event); `people`: whose address one may be, by the names under which they were last heard of; `events`: what can be
-- listed, and for whom.
create or replace function macroplan.recipients_text(p_plan uuid)
returns text
language sql
stable
as $$
  select json_build_object(
    'events', (select json_agg(json_build_object(
      'event', event, 'title', title, 'audiences', audiences, 'waits', waits
    ) order by place) from macroplan.mail_events()),
    'recipients', (
      select coalesce(json_agg(json_build_object(
        'id', r.id, 'event', r.event, 'audience', r.audience, 'email', r.email, 'team_id', r.team_id, 'user_key', r.user_key,
        'every_hours', r.every_hours
      ) order by r.added_at, r.id), '[]')
      from macroplan.mail_recipients as r
      where r.plan_id = p_plan and r.removed_at is null
    ),
    'quiet', (
      select coalesce(json_agg(json_build_object(
        'id', q.id, 'email', q.email, 'quiet_from', q.quiet_from, 'quiet_to', q.quiet_to, 'zone', q.zone
      ) order by q.email), '[]')
      from macroplan.mail_quiet_hours as q
      where q.plan_id = p_plan and q.removed_at is null
    ),
    'stops', (
      select coalesce(json_agg(json_build_object(
        'email', s.email, 'event', s.event, 'at', macroplan.milliseconds(s.at)
      ) order by s.at desc, s.email, s.event), '[]')
      from macroplan.mail_stops as s
      where s.plan_id = p_plan
    ),
    'changes', (
      select coalesce(json_agg(json_build_object(
        'change', c.change, 'at', macroplan.milliseconds(c.at), 'by', c.by, 'event', c.event, 'audience', c.audience,
        'email', c.email, 'team_id', c.team_id, 'every_hours', c.every_hours, 'quiet_from', c.quiet_from, 'quiet_to', c.quiet_to, 'zone', c.zone
      ) order by c.at desc, c.change, c.id), '[]')
      from (
        select each.*
        from (
          select id, event, audience, email, team_id, every_hours, null::smallint as quiet_from, null::smallint as quiet_to, null as zone,
            added_at, added_by_name, removed_at, removed_by_name
          from macroplan.mail_recipients
          where plan_id = p_plan
          union all
          select id, null, 'address', email, null, null, quiet_from, quiet_to, zone, added_at, added_by_name, removed_at, removed_by_name
          from macroplan.mail_quiet_hours
          where plan_id = p_plan
        ) as r
        cross join lateral (
          select 'added' as change, r.added_at as at, r.added_by_name as by, r.*
          union all
          select 'removed', r.removed_at, r.removed_by_name, r.*
        ) as each
        where each.at is not null
        order by each.at desc, each.change, each.id
        limit 50
      ) as c
    ),
    'people', (
      select coalesce(json_agg(json_build_object(
        'user_key', person.user_key, 'name', macroplan.person_name(p_plan, person.user_key)
      ) order by person.user_key), '[]')
      from (
        select author as user_key from macroplan.clients where plan_id = p_plan
        union
        select substr(principal, 6)
        from macroplan.plan_members
        where plan_id = p_plan and not removed and principal like 'user:%'
      ) as person
    )
  )::text
$$;
