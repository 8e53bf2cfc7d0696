-- How long before its time a gate is announced: enough for a window of collecting and for whoever decides to come.
create or replace function macroplan.gate_notice()
returns interval
language sql
immutable
parallel safe
as $$
  select interval '15 minutes'
$$;
