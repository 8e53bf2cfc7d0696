-- Live rows that refer to a row, in the order of tables and then of ids.
create or replace function macroplan.children_of(p_plan uuid, p_table text, p_id uuid)
returns table (table_name text, id uuid)
language plpgsql
stable
as $$
declare
  v_table text;
  v_condition text;
begin
  for v_table, v_condition in
    select f.table_name, string_agg(format('%I = $2', f.field), ' or ')
    from macroplan.fields as f
    where f.ref_table = p_table
    group by f.table_name
    order by array_position(array['chapters', 'dependencies', 'chapter_schedules', 'baselines', 'no_start_windows'], f.table_name)
  loop
    return query execute format(
      'select %L::text, id from macroplan.%I where plan_id = $1 and not removed and (%s) order by id',
      v_table, v_table, v_condition
    ) using p_plan, p_id;
  end loop;
end
$$;
