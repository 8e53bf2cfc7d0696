-- The field that no two live rows of a table share; null where there is none.
create or replace function macroplan.unique_field(p_table text)
returns text
language sql
immutable
as $$
  select case
    when p_table = 'plan_members' then 'principal'
    when p_table in ('plans', 'iterations', 'phases', 'teams', 'sites', 'chapters') then 'code'
  end
$$;
