-- Text as HTML shows it, safe in an element and in a quoted attribute, and turning nothing around it.
create or replace function macroplan.escape_html(p_text text)
returns text
language sql
immutable
parallel safe
as $$
  select replace(replace(replace(replace(replace(
    macroplan.isolated(p_text), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;')
$$;
