-- Our own markup of a cell as plain text: lines joined, elements gone, characters as they were before macroplan.escape_html.
create or replace function macroplan.plain_text(p_html text)
returns text
language sql
immutable
parallel safe
as $$
  select replace(replace(replace(replace(replace(
    regexp_replace(replace(p_html, '<br>', '; '), '<[^>]*>', '', 'g'),
    '&#39;', ''''), '&quot;', '"'), '&gt;', '>'), '&lt;', '<'), '&amp;', '&')
$$;
