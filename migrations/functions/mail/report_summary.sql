-- The first lines of a status report: how many chapters are done, running, blocked and to come, and since when changes are marked.
create or replace function macroplan.report_summary(p_mail macroplan.mail_outbox, p_since timestamptz)
returns text
language sql
stable
as $$
  select concat(
    '<p style="margin:0 0 8px 0">',
    case
      when (p_mail).body ->> 'mode' = 'test'
      then '<b>Mail of this iteration is on trial: this went to the addresses for trials and to nobody else.</b> '
    end,
    format(
      'Of %s chapters: %s done, %s running, <b>%s blocked</b>, %s to come.',
      count(*),
      count(*) filter (where s.status in ('done', 'skipped')),
      count(*) filter (where s.status = 'running'),
      count(*) filter (where s.status = 'blocked'),
      count(*) filter (where s.status in ('pending', 'ready'))
    ),
    ' What changed since the report of ' || macroplan.show_instant(p_since, p.time_zone) || ' is marked (changed).',
    '</p>'
  )
  from macroplan.plans as p
  left join (
    macroplan.chapter_schedules as s
    join macroplan.chapters as c on c.plan_id = s.plan_id and c.id = s.chapter_id and not c.removed
  ) on s.plan_id = p.plan_id and s.iteration_id = ((p_mail).body ->> 'iteration_id')::uuid and not s.removed
  where p.plan_id = (p_mail).plan_id and p.id = p.plan_id
  group by p.time_zone
$$;
