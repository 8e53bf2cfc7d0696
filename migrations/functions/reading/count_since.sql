-- How many rows changed after a rev, counted no further than p_enough.
create or replace function macroplan.count_since(p_plan uuid, p_since bigint, p_enough int)
returns bigint
language sql
stable
parallel safe
as $$
  select count(*) from (select from macroplan.rows_since(p_plan, p_since) limit p_enough) as changed
$$;
