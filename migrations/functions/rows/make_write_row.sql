-- Writes macroplan.write_row from the catalog, after every migration, and for each table the function that it calls. A
-- statement for any table would have to be planned at each call, which was measured to take two thirds of the time of a
-- large edit; written out by hand it would be a second list of all fields.
create or replace function macroplan.make_write_row()
returns void
language plpgsql
as $make$
declare
  v_table record;
  v_branches text := '';
begin
  for v_table in
    select c.table_name as name,
      string_agg(f.field, ', ' order by f.position) as fields,
      string_agg('v_new.' || f.field, ', ' order by f.position) as new_fields
    from macroplan.columns() as c
    join macroplan.fields as f on f.table_name = c.table_name
    group by c.table_name, c.place
    order by c.place
  loop
    v_branches := v_branches || format(
      E'\n    when %1$L then\n      perform macroplan.write_%1$s(p_plan, p_id, v_fields);', v_table.name
    );
    execute format(
      $function$
-- macroplan.write_row for one table. Made by macroplan.make_write_row.
create or replace function macroplan.write_%1$s(p_plan uuid, p_id uuid, p_fields jsonb)
returns void
language plpgsql
as $write$
declare
  v_old macroplan.%1$I;
  v_new macroplan.%1$I;
begin
  select * into v_old from macroplan.%1$I where plan_id = p_plan and id = p_id;
  if not found then
    insert into macroplan.%1$I
    select r.*
    from jsonb_populate_record(
      null::macroplan.%1$I,
      macroplan.default_fields(%1$L) || p_fields || jsonb_build_object(
        'plan_id', p_plan, 'id', p_id, 'rev', 0, 'removed', false
      )
    ) as r;
  elsif v_old.removed then
    v_new := jsonb_populate_record(null::macroplan.%1$I, macroplan.default_fields(%1$L) || p_fields);
    update macroplan.%1$I set (removed, %2$s) = row(false, %3$s) where plan_id = p_plan and id = p_id;
  else
    v_new := jsonb_populate_record(v_old, p_fields);
    if v_new is distinct from v_old then
      update macroplan.%1$I set (%2$s) = row(%3$s) where plan_id = p_plan and id = p_id;
    end if;
  end if;
end
$write$
$function$,
      v_table.name, v_table.fields, v_table.new_fields
    );
  end loop;

  execute format(
    $function$
-- Inserts a row, revives its tombstone (fields that are not given get their defaults), or updates just the given
-- fields of a live row; where nothing differs, nothing is written. Fields are in wire form and must exist; rules are
-- the caller's. Needs macroplan.begin_edit. Made by macroplan.make_write_row.
create or replace function macroplan.write_row(p_plan uuid, p_table text, p_id uuid, p_fields jsonb)
returns void
language plpgsql
as $write$
declare
  v_fields jsonb := macroplan.stored(p_table, p_fields);
begin
  case p_table%s
  end case;
end
$write$
$function$,
    v_branches
  );
end
$make$;
