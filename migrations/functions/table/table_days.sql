-- The tables of an iteration, one a day that something happens on, by the clocks of a zone: a row a chapter, a column an
-- hour. A chapter that goes on after midnight stands in both days.
create or replace function macroplan.table_days(
  p_plan uuid,
  p_iteration uuid,
  p_zone text,
  p_since bigint
)
returns text
language sql
stable
as $$
  with items as (
    select i.*, (i.starts at time zone p_zone)::date as first_day,
      (greatest(i.ends - interval '1 minute', i.starts) at time zone p_zone)::date as last_day
    from macroplan.table_items(p_plan, p_iteration, 'full', p_since) as i
  ),
  days as (
    select day, from_at, to_at, ceil(extract(epoch from to_at - from_at) / 3600)::int as hours,
      to_at - from_at <> interval '24 hours' as has_offset
    from (
      select day, day::timestamp at time zone p_zone as from_at, (day + 1)::timestamp at time zone p_zone as to_at
      from (
        select distinct first_day + n as day
        from items
        cross join lateral generate_series(0, last_day - first_day) as n
      ) as each_day
    ) as bounds
  ),
  lines as (
    select d.day, i.phase, i.phase_position, i.phase_code,
      string_agg(
        '<tr>'
        || macroplan.table_what_cell(i.kind, i.code, i.title, i.is_changed, i.note)
        || macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', coalesce(macroplan.escape_html(i.team), '&#160;'))
        || macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', concat(
          macroplan.show_span(i.starts, i.ends, p_zone, d.has_offset),
          case
            when i.ends > i.starts
            then ', ' || macroplan.show_duration(macroplan.minutes(i.ends) - macroplan.minutes(i.starts))
          end,
          case
            when i.zone <> p_zone
            then format('<br>%s %s', macroplan.show_span(i.starts, i.ends, i.zone, true), macroplan.escape_html(i.zone))
          end
        ))
        || macroplan.table_status_cell(i.status, i.status_text, i.actual_start, i.actual_end, p_zone, d.has_offset)
        || macroplan.table_hours(
          d.hours, hour.first, least(d.hours - 1, greatest(hour.first, hour.last)), macroplan.status_fill(i.status),
          case when i.kind in ('gate', 'milestone') then '&#9670;' else '&#9632;' end
        )
        || '</tr>',
        '' order by i.starts, i.place, i.code collate "C"
      ) as body
    from items as i
    join days as d on d.day between i.first_day and i.last_day
    cross join lateral (
      select greatest(0, floor(extract(epoch from i.starts - d.from_at) / 3600)::int) as first,
        ceil(extract(epoch from i.ends - d.from_at) / 3600)::int - 1 as last
    ) as hour
    group by d.day, i.phase, i.phase_position, i.phase_code
  )
  select string_agg(
    format(
      '<h2 style="font-size:16px;margin:16px 0 4px 0">%s%s</h2>%s',
      to_char(d.day, 'Dy DD Mon YYYY'),
      case
        when d.has_offset
        then format(', %s hours: the clocks change', round(extract(epoch from d.to_at - d.from_at) / 3600, 1)::float)
      end,
      macroplan.table_of(
        620 + 14 * d.hours,
        macroplan.table_text_cell('th', 300, '#f1f2f4', '#172b4d', 'Chapter')
        || macroplan.table_text_cell('th', 60, '#f1f2f4', '#172b4d', 'Team')
        || macroplan.table_text_cell('th', 170, '#f1f2f4', '#172b4d', 'Planned')
        || macroplan.table_text_cell('th', 90, '#f1f2f4', '#172b4d', 'Status')
        || (
          select string_agg(
            macroplan.table_cell(
              'th', ' scope="col" width="14"', '#f1f2f4', 'padding:0;text-align:center;font-size:10px;color:#172b4d',
              to_char((d.from_at + n * interval '1 hour') at time zone p_zone, 'HH24')
            ),
            '' order by n
          )
          from generate_series(0, d.hours - 1) as n
        ),
        (
          select string_agg(
            '<tr>' || macroplan.table_cell(
              'th', format(' scope="rowgroup" colspan="%s"', 4 + d.hours), '#e9f2fe',
              'padding:2px 6px;text-align:left;color:#172b4d', macroplan.escape_html(l.phase)
            ) || '</tr>' || l.body,
            '' order by l.phase_position, l.phase_code collate "C"
          )
          from lines as l
          where l.day = d.day
        )
      )
    ),
    '' order by d.day
  )
  from days as d
$$;
