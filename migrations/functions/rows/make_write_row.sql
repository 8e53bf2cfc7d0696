-- Writes macroplan.write_row from the catalog, after every migration. A statement for any table would have to be planned
-- at each call, which was measured to take two thirds of the time of a large edit; written out by hand it would be a
-- second list of all fields.
create or replace function macroplan.make_write_row()
returns void
language plpgsql
as $make$
declare
  v_tables text;
begin
  select string_agg(
    format(
      $branch$
    when %1$L then
      select * into v_%1$s from macroplan.%1$I where plan_id = p_plan and id = p_id;
      if not found then
        insert into macroplan.%1$I
        select r.*
        from jsonb_populate_record(
          null::macroplan.%1$I,
          macroplan.default_fields(p_table) || v_fields || jsonb_build_object(
            'plan_id', p_plan, 'id', p_id, 'rev', 0, 'removed', false
          )
        ) as r;
        return;
      end if;
      if v_%1$s.removed then
        v_fields := macroplan.default_fields(p_table) || v_fields;
        v_%1$s := null;
      end if;
      update macroplan.%1$I as t
      set (removed, %2$s) = row(false, %3$s)
      from jsonb_populate_record(v_%1$s, v_fields) as r
      where t.plan_id = p_plan
        and t.id = p_id
        and (t.removed or (%4$s) is distinct from (%3$s));
$branch$,
      c.table_name,
      (select string_agg(f.field, ', ' order by f.position) from macroplan.fields as f where f.table_name = c.table_name),
      (select string_agg('r.' || f.field, ', ' order by f.position) from macroplan.fields as f where f.table_name = c.table_name),
      (select string_agg('t.' || f.field, ', ' order by f.position) from macroplan.fields as f where f.table_name = c.table_name)
    ),
    '' order by c.place
  )
  into v_tables
  from macroplan.columns() as c;

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
  %s;
begin
  case p_table%s  end case;
end
$write$
$function$,
    (
      select string_agg(format('v_%1$s macroplan.%1$I', table_name), E';\n  ' order by place)
      from macroplan.columns()
    ),
    v_tables
  );
end
$make$;
