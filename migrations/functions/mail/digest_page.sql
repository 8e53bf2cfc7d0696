-- A digest: what happened, a table an event. Only what Outlook keeps, as in the shareable table. Null where the notices are
-- gone. p_app as api.claim_mail takes it.
create or replace function macroplan.digest_page(p_mail macroplan.mail_outbox, p_app text)
returns text
language sql
stable
as $$
  with sections as (
    select place, format(
      '<h2 style="font-size:16px;margin:16px 0 4px 0">%s (%s)</h2>%s%s',
      title, many,
      macroplan.table_of(
        960,
        macroplan.table_text_cell('th', 320, '#f1f2f4', '#172b4d', 'What')
        || macroplan.table_text_cell('th', 90, '#f1f2f4', '#172b4d', 'Iteration')
        || macroplan.table_text_cell('th', 380, '#f1f2f4', '#172b4d', 'What happened')
        || macroplan.table_text_cell('th', 170, '#f1f2f4', '#172b4d', 'When, by whom'),
        string_agg(line, '' order by line_number)
      ),
      case
        when many > count(*) then format('<p style="margin:4px 0 0 0">And %s more: see the live plan.</p>', many - count(*))
      end
    ) as section
    from macroplan.digest_lines(p_mail, p_app)
    group by place, title, many
  )
  select concat(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>',
    macroplan.escape_html(macroplan.mail_subject(p_mail)),
    '</title></head><body style="font-family:Arial,sans-serif;font-size:13px;word-break:break-word;color:#172b4d">',
    '<h1 style="font-size:20px;margin:0 0 4px 0">', macroplan.escape_html(p.name), '</h1>',
    '<p style="margin:0 0 4px 0">',
    case
      when (p_mail).body ->> 'mode' = 'test'
      then '<b>Mail of this iteration is on trial: this went to the addresses for trials and to nobody else.</b> '
    end,
    'All times in ', macroplan.escape_html(p.time_zone), '. ',
    format(
      '<a href="%s">The live plan</a> may be newer.</p>',
      macroplan.escape_html(macroplan.app_url(p_app, 'macroplan-plan=' || p.id))
    ),
    (select string_agg(section, '' order by place) from sections),
    '</body></html>'
  )
  from macroplan.plans as p
  where p.plan_id = (p_mail).plan_id and p.id = p.plan_id and not p.removed and exists (select from sections)
$$;
