-- The hours of a row, of which p_first to p_last (from 0) are filled: a cell each, with a sign that also a printer without
-- colours shows. The empty ones before and after are one cell, so that a mail of many rows stays small.
create or replace function macroplan.table_hours(p_hours int, p_first int, p_last int, p_fill text, p_sign text)
returns text
language sql
immutable
parallel safe
as $$
  select concat(
    case when p_first > 0 then empty.cell || format(' colspan="%s">&#160;</td>', p_first) end,
    repeat(
      macroplan.table_cell(
        'td', ' width="14"', p_fill, format('padding:0;text-align:center;font-size:11px;color:%s', p_fill), p_sign
      ),
      p_last - p_first + 1
    ),
    case when p_last < p_hours - 1 then empty.cell || format(' colspan="%s">&#160;</td>', p_hours - 1 - p_last) end
  )
  from (select '<td style="border:1px solid #8c9bab"' as cell) as empty
$$;
