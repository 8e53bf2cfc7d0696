-- A cell of the shareable table. p_inner is markup: text in it was escaped. Every style stands in its element, because mail
-- programs drop style sheets; bgcolor stands beside it for those that drop the style. A word that would widen the table is broken, and
-- no other is broken to fit its column.
create or replace function macroplan.table_cell(
  p_tag text,
  p_attributes text,
  p_fill text,
  p_style text,
  p_inner text
)
returns text
language sql
immutable
parallel safe
as $$
  select format(
    '<%1$s%2$s bgcolor="%3$s" style="border:1px solid #8c9bab;vertical-align:top;background-color:%3$s;%4$s%6$s">%5$s</%1$s>',
    p_tag, p_attributes, p_fill, p_style, p_inner,
    case when p_inner ~ '[^ \n<>]{31}' then ';word-break:break-word' else '' end
  )
$$;
