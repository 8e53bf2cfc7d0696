-- The chapters of a report's iteration that changed after a rev, as a table below it: the first hundred, as in a digest. Null where
-- none did, or there is no rev.
create or replace function macroplan.report_changes(p_mail macroplan.mail_outbox, p_since bigint)
returns text
language sql
stable
as $$
  with changed as (
    select i.*, p.time_zone as plan_zone,
      row_number() over (order by i.starts, i.phase_position, i.place, i.code collate "C") as line_number,
      count(*) over () as many
    from macroplan.plans as p
    cross join lateral macroplan.table_items(p.plan_id, ((p_mail).body ->> 'iteration_id')::uuid, 'full', p_since) as i
    where p.plan_id = (p_mail).plan_id and p.id = p.plan_id and i.is_changed
  )
  select concat(
    '<h2 style="font-size:16px;margin:16px 0 4px 0">Chapters that changed (', many, ')</h2>',
    macroplan.table_of(
      960,
      macroplan.table_text_cell('th', 430, '#f1f2f4', '#172b4d', 'Chapter')
      || macroplan.table_text_cell('th', 60, '#f1f2f4', '#172b4d', 'Team')
      || macroplan.table_text_cell('th', 300, '#f1f2f4', '#172b4d', 'Planned')
      || macroplan.table_text_cell('th', 170, '#f1f2f4', '#172b4d', 'Status'),
      string_agg(
        concat(
          '<tr>',
          macroplan.table_what_cell(kind, code, title, false, note),
          macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', coalesce(macroplan.escape_html(team), '&#160;')),
          macroplan.table_text_cell(
            'td', null, '#ffffff', '#172b4d',
            macroplan.show_times(jsonb_build_array(macroplan.minutes(starts), macroplan.minutes(ends)), plan_zone)
          ),
          macroplan.table_status_cell(status, status_text, actual_start, actual_end, plan_zone, false),
          '</tr>'
        ),
        '' order by line_number
      )
    ),
    case when many > 100 then format('<p style="margin:4px 0 0 0">And %s more: see the live plan.</p>', many - 100) end
  )
  from changed
  where line_number <= 100
  group by many
$$;
