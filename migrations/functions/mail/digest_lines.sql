-- What a digest tells: a line a chapter, iteration or conflict and event, as a row of a table and as plain text, each with a link
-- to where it is in the live plan. What happened to one thing more than once is one line. Of each event the first hundred, since
-- a mail of ten thousand lines is read by nobody and refused by some servers; `many` are all. `place`: of the event in the mail.
create or replace function macroplan.digest_lines(p_mail macroplan.mail_outbox, p_app text)
returns table (title text, place int, line_number bigint, many bigint, line text, plain text)
language sql
stable
as $$
  with told as (
    select n.event, n.at, n.rev, n.actor_name, n.facts, i.code as iteration, c.code, c.title, p.time_zone as zone,
      coalesce(n.chapter_id::text, n.facts ->> 'conflict', '') as about,
      format('macroplan-plan=%s%s', n.plan_id, '&macroplan-iteration=' || macroplan.url_text(i.code)) as query
    from macroplan.mail_notices as n
    join macroplan.plans as p on p.plan_id = n.plan_id and p.id = n.plan_id and not p.removed
    left join macroplan.iterations as i on i.plan_id = n.plan_id and i.id = n.iteration_id
    left join macroplan.chapters as c on c.plan_id = n.plan_id and c.id = n.chapter_id
    where n.plan_id = (p_mail).plan_id
      and n.key in (select jsonb_array_elements_text((p_mail).body -> 'notices')::uuid)
  ),
  things as (
    select t.event, t.iteration, t.code, t.title, t.zone, t.query, t.about, max(t.at) as at,
      string_agg(distinct nullif(t.actor_name, ''), ', ') as actors,
      (array_agg(t.facts order by t.rev, t.at))[1] as first_facts,
      (array_agg(t.facts order by t.rev desc, t.at desc))[1] as last_facts
    from told as t
    group by t.event, t.iteration, t.code, t.title, t.zone, t.query, t.about,
      -- Each conflict is one of its own.
      t.facts ->> 'conflict'
  ),
  numbered as (
    select t.*,
      row_number() over (partition by t.event order by coalesce(t.code, t.iteration, '') collate "C", t.at) as line_number,
      count(*) over (partition by t.event) as many
    from things as t
  )
  select e.title, e.place, t.line_number, t.many,
    concat(
      '<tr>',
      macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', format(
        '<a href="%s">%s</a> %s',
        macroplan.escape_html(shown.url),
        case t.event
          when 'conflict' then 'Decide'
          else '<b>' || macroplan.escape_html(coalesce(t.code, t.iteration)) || '</b>'
        end,
        macroplan.escape_html(case t.event when 'conflict' then concat_ws(' ', t.code, t.title) else t.title end)
      )),
      macroplan.table_text_cell(
        'td', null, '#ffffff', '#172b4d', coalesce(macroplan.escape_html(t.iteration), '&#160;')
      ),
      macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', shown.happened),
      macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', macroplan.escape_html(shown.by_whom)),
      '</tr>'
    ),
    format(
      E'%s: %s (%s)\n  %s',
      concat_ws(' ', t.iteration, macroplan.isolated(t.code), macroplan.isolated(t.title)), macroplan.plain_text(shown.happened), shown.by_whom, shown.url
    )
  from numbered as t
  join macroplan.mail_events() as e on e.event = t.event
  cross join lateral (
    select macroplan.digest_text(t.event, t.first_facts, t.last_facts, t.zone) as happened,
      concat_ws(' ', macroplan.show_clock(t.at, t.zone, false), macroplan.isolated(t.actors)) as by_whom,
      macroplan.app_url(p_app, t.query || case t.event
        when 'conflict' then '&macroplan-tab=conflicts&macroplan-conflict=' || (t.last_facts ->> 'conflict')
        when 'iteration' then ''
        when 'gate_due' then '&macroplan-tab=live'
        when 'gate_decided' then '&macroplan-tab=live'
        else '&macroplan-search=' || macroplan.url_text(t.code)
      end) as url
  ) as shown
  where t.line_number <= 100
$$;
