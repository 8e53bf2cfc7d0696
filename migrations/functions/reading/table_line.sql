-- A line of the shareable table: a header or a row. The cells are escaped here and nowhere else; every style stands in
-- its element, because mail programs drop style sheets.
create or replace function macroplan.table_line(p_tag text, p_cells text[])
returns text
language sql
immutable
parallel safe
as $$
  select '<tr>' || string_agg(
    format(
      '<%1$s style="border:1px solid #8c9bab;padding:4px 8px;text-align:left;vertical-align:top%2$s">%3$s</%1$s>',
      p_tag, case when p_tag = 'th' then ';background-color:#f1f2f4' end, macroplan.escape_html(cell)
    ),
    '' order by place
  ) || '</tr>'
  from unnest(p_cells) with ordinality as c (cell, place)
$$;
