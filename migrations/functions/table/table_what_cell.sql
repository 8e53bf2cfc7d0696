-- What a line of the table is about.
create or replace function macroplan.table_what_cell(
  p_kind text,
  p_code text,
  p_title text,
  p_is_changed boolean,
  p_note text
)
returns text
language sql
immutable
parallel safe
as $$
  select macroplan.table_text_cell('td', null, '#ffffff', '#172b4d', concat(
    case when p_kind in ('gate', 'milestone', 'phase') then '<b>' || initcap(p_kind) || '</b> ' end,
    '<b>', macroplan.escape_html(p_code), '</b> ', macroplan.escape_html(p_title),
    case when p_is_changed then ' <b>(changed)</b>' end,
    '<br>' || macroplan.escape_html(
      nullif(case when char_length(p_note) > 300 then left(p_note, 300) || '…' else p_note end, '')
    )
  ))
$$;
