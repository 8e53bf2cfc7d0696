-- The whole page of the shareable table. p_options as api.show_table takes them, and "for", "by" (who made it), "at"
-- (milliseconds) and "rev" (of the plan).
create or replace function macroplan.table_page(p_iteration macroplan.iterations, p_options jsonb)
returns text
language sql
stable
as $$
  select concat(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>', page.title, '</title>',
    -- A mail program may drop it; a printer needs it.
    case p_options ->> 'for'
      when 'page' then '<style>@page{size:A4 landscape;margin:10mm}thead{display:table-header-group}'
        || 'tr{break-inside:avoid}h2{break-after:avoid}td,th{-webkit-print-color-adjust:exact;print-color-adjust:exact}</style>'
    end,
    '</head><body style="font-family:Arial,sans-serif;font-size:13px;word-break:break-word;color:#172b4d">',
    '<h1 style="font-size:20px;margin:0 0 4px 0">', page.title, '</h1><p style="margin:0 0 4px 0">',
    p_iteration.kind, ' window ', macroplan.show_instant(p_iteration.window_start, page.zone), ' – ',
    macroplan.show_instant(p_iteration.window_end, page.zone), '. All times in ', macroplan.escape_html(page.zone),
    ' (', macroplan.show_offset(p_iteration.window_start, page.zone), ').',
    case when p_iteration.state <> 'planned' then format(' The iteration is %s.', p_iteration.state) end,
    '</p><p style="margin:0 0 8px 0;color:#505258">Revision ', p_options ->> 'rev', ', made ',
    macroplan.show_instant(to_timestamp((p_options ->> 'at')::bigint / 1000), page.zone), ' by ',
    macroplan.escape_html(p_options ->> 'by'),
    case
      when p_options ->> 'since' is not null
      then format('; (changed) marks what changed after revision %s', (p_options ->> 'since')::bigint)
    end,
    '. ',
    case
      when p_options ->> 'link' is not null
      then format('<a href="%s">The live plan</a> may be newer.', macroplan.escape_html(p_options ->> 'link'))
      else 'The live plan may be newer.'
    end,
    '</p>',
    coalesce(
      case p_options ->> 'variant'
        when 'leadership'
        then macroplan.table_summary(p_iteration.plan_id, p_iteration.id, page.zone, (p_options ->> 'since')::bigint)
        else macroplan.table_days(p_iteration.plan_id, p_iteration.id, page.zone, (p_options ->> 'since')::bigint)
      end,
      '<p>Nothing is scheduled in this iteration yet.</p>'
    ),
    '</body></html>'
  )
  from (
    select macroplan.escape_html(p.name || ': ' || p_iteration.code || ' ' || p_iteration.name) as title, p.time_zone as zone
    from macroplan.plans as p
    where p.plan_id = p_iteration.plan_id and p.id = p.plan_id
  ) as page
$$;
