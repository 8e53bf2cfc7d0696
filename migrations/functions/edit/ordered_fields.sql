-- Pairs of instants of which the second never lies before the first.
create or replace function macroplan.ordered_fields(p_table text)
returns table (start_field text, end_field text, place int)
language sql
immutable
as $$
  select pairs.start_field, pairs.end_field, pairs.place
  from (
    values
      ('iterations', 'window_start', 'window_end', 1),
      ('no_start_windows', 'window_start', 'window_end', 1),
      ('chapter_schedules', 'planned_start', 'planned_end', 1),
      ('chapter_schedules', 'actual_start', 'actual_end', 2)
  ) as pairs (table_name, start_field, end_field, place)
  where pairs.table_name = p_table
$$;
