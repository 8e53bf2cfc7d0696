-- What is readable on macroplan.status_fill.
create or replace function macroplan.status_ink(p_status text)
returns text
language sql
immutable
parallel safe
as $$
  select case when p_status in ('running', 'done', 'blocked') then '#ffffff' else '#101214' end
$$;
