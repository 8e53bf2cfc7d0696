-- A table of a page or a mail: cells that head its columns, and rows. Only what Outlook keeps; p_width in pixels. Null where there is
-- nothing to show.
create or replace function macroplan.table_of(p_width int, p_head text, p_rows text)
returns text
language sql
immutable
parallel safe
as $$
  select format('<table width="%s" cellpadding="0" cellspacing="0" border="0"', p_width)
    || ' style="border-collapse:collapse;word-break:normal;font-size:13px;mso-table-lspace:0;mso-table-rspace:0">'
    || '<thead><tr>' || p_head || '</tr></thead><tbody>' || p_rows || '</tbody></table>'
$$;
