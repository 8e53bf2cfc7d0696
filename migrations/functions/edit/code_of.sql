-- The code of a row that is live, or that the current edit removed; "?" where there is none.
create or replace function macroplan.code_of(p_plan uuid, p_table text, p_id text)
returns text
language sql
stable
as $$
  select coalesce(
    (
      select r.fields ->> 'code'
      from (select macroplan.read_row(p_plan, p_table, p_id::uuid) as fields) as r
      where not (r.fields ->> 'removed')::boolean
        or (r.fields ->> 'rev')::bigint = macroplan.edit_rev(p_plan)
    ),
    '?'
  )
$$;
