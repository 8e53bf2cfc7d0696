-- Inserts a row, revives its tombstone (fields that are not given get their defaults), or updates just the given
-- fields of a live row. Fields are in wire form and must exist; rules are the caller's. Needs macroplan.begin_edit.
create or replace function macroplan.write_row(p_plan uuid, p_table text, p_id uuid, p_fields jsonb)
returns void
language plpgsql
as $$
declare
  v_row jsonb := macroplan.read_row(p_plan, p_table, p_id);
  v_names text := (select string_agg(quote_ident(name), ', ') from jsonb_object_keys(p_fields) as name);
  v_defaults text := '';
begin
  if v_row is null then
    execute format(
      'insert into macroplan.%1$I (plan_id, id, rev, %2$s)
       select $1, $2, 0, %2$s from jsonb_populate_record(null::macroplan.%1$I, $3)',
      p_table, v_names
    ) using p_plan, p_id, macroplan.stored(p_table, p_fields);
    return;
  end if;
  if v_row @> p_fields and not (v_row ->> 'removed')::boolean then
    return;
  end if;
  if (v_row ->> 'removed')::boolean then
    select coalesce(string_agg(format(', %I = default', f.field), ''), '') into v_defaults
    from macroplan.fields as f
    where f.table_name = p_table and not p_fields ? f.field;
  end if;
  execute format(
    'update macroplan.%1$I as r
     set removed = false, (%2$s) = (select %2$s from jsonb_populate_record(null::macroplan.%1$I, $3)) %3$s
     where r.plan_id = $1 and r.id = $2',
    p_table, v_names, v_defaults
  ) using p_plan, p_id, macroplan.stored(p_table, p_fields);
end
$$;
