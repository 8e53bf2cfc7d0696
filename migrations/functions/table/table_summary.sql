-- The table for leadership: gates, milestones and phases in the order of their starts, on one page and without hours.
create or replace function macroplan.table_summary(p_plan uuid, p_iteration uuid, p_zone text, p_since bigint)
returns text
language sql
stable
as $$
  select macroplan.table_of(
    960,
    macroplan.table_text_cell('th', 330, '#f1f2f4', '#172b4d', 'Gate, milestone or phase')
    || macroplan.table_text_cell('th', 60, '#f1f2f4', '#172b4d', 'Team')
    || macroplan.table_text_cell('th', 185, '#f1f2f4', '#172b4d', 'Planned start')
    || macroplan.table_text_cell('th', 185, '#f1f2f4', '#172b4d', 'Planned end')
    || macroplan.table_text_cell('th', 80, '#f1f2f4', '#172b4d', 'Duration')
    || macroplan.table_text_cell('th', 120, '#f1f2f4', '#172b4d', 'Status'),
    string_agg(
      '<tr>'
      || macroplan.table_what_cell(i.kind, i.code, i.title, i.is_changed, i.note)
      || macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', coalesce(macroplan.escape_html(i.team), '&#160;'))
      || macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', macroplan.show_instant(i.starts, p_zone))
      || macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', macroplan.show_instant(i.ends, p_zone))
      || macroplan.table_text_cell(
        'td', null, '#ffffff', '#172b4d', macroplan.show_duration(macroplan.minutes(i.ends) - macroplan.minutes(i.starts))
      )
      || macroplan.table_status_cell(i.status, i.status_text, i.actual_start, i.actual_end, p_zone, false)
      || '</tr>',
      '' order by i.starts, coalesce(i.place, i.phase_position), i.code collate "C"
    )
  )
  from macroplan.table_items(p_plan, p_iteration, 'leadership', p_since) as i
$$;
