-- The colour of a status in the shareable table; the screen's light palette (src/views/css/tokens.css), baked in.
create or replace function macroplan.status_fill(p_status text)
returns text
language sql
immutable
parallel safe
as $$
  select case p_status
    when 'ready' then '#56b4e9'
    when 'running' then '#0055cc'
    when 'done' then '#00664b'
    when 'blocked' then '#b3261e'
    when 'skipped' then '#b7b9be'
    else '#c1c7d0'
  end
$$;
