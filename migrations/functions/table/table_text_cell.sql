-- A cell with text in it; a header's p_width is in pixels, and its column follows it.
create or replace function macroplan.table_text_cell(p_tag text, p_width int, p_fill text, p_ink text, p_inner text)
returns text
language sql
immutable
parallel safe
as $$
  select macroplan.table_cell(
    p_tag,
    case when p_tag = 'th' then format(' scope="col" width="%s"', p_width) else '' end,
    p_fill,
    format('padding:2px 6px;text-align:left;color:%s', p_ink),
    p_inner
  )
$$;
