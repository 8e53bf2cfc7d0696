-- The list of a plan's recipients as it travels. `changes`: the newest 50, both kinds; `people`: whose address one may be, by
-- the names under which they were last heard of; `events`: what can be listed, and for whom.
create or replace function macroplan.recipients_text(p_plan uuid)
returns text
language sql
stable
as $$
  select json_build_object(
    'events', (select json_agg(json_build_object('event', event, 'title', title, 'audiences', audiences) order by place) from macroplan.mail_events()),
    'recipients', (
      select coalesce(json_agg(json_build_object(
        'id', r.id, 'event', r.event, 'audience', r.audience, 'email', r.email, 'team_id', r.team_id, 'user_key', r.user_key
      ) order by r.added_at, r.id), '[]')
      from macroplan.mail_recipients as r
      where r.plan_id = p_plan and r.removed_at is null
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
        'email', c.email, 'team_id', c.team_id
      ) order by c.at desc, c.id), '[]')
      from (
        select each.*
        from macroplan.mail_recipients as r
        cross join lateral (
          values
            ('added', r.added_at, r.added_by_name, r.event, r.audience, r.email, r.team_id, r.id),
            ('removed', r.removed_at, r.removed_by_name, r.event, r.audience, r.email, r.team_id, r.id)
        ) as each (change, at, by, event, audience, email, team_id, id)
        where r.plan_id = p_plan and each.at is not null
        order by each.at desc, each.id
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
