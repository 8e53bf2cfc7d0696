-- The wire's columns of each table, in their order.
create or replace function macroplan.columns()
returns table (table_name text, place bigint, columns text[])
language sql
stable
parallel safe
as $$
  select t.name, t.place, array['id', 'rev'] || array_agg(f.field order by f.position)
  from unnest(array[
    'plans', 'plan_members', 'iterations', 'phases', 'teams', 'sites', 'chapters', 'dependencies',
    'chapter_schedules', 'baselines', 'no_start_windows', 'conflicts'
  ]) with ordinality as t (name, place)
  join macroplan.fields as f on f.table_name = t.name
  group by t.name, t.place
$$;
