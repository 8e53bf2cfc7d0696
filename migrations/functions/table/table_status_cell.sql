-- The status of a line in words and colour, and when it came to that.
create or replace function macroplan.table_status_cell(
  p_status text,
  p_words text,
  p_actual_start timestamptz,
  p_actual_end timestamptz,
  p_zone text,
  p_has_offset boolean
)
returns text
language sql
stable
parallel safe
as $$
  select macroplan.table_text_cell('td', null, macroplan.status_fill(p_status), macroplan.status_ink(p_status), concat(
    p_words,
    case p_status
      when 'done' then ' ' || macroplan.show_span(p_actual_end, p_actual_end, p_zone, p_has_offset)
      when 'running' then ' since ' || macroplan.show_span(p_actual_start, p_actual_start, p_zone, p_has_offset)
    end
  ))
$$;
