-- References of changed rows lead to live rows. One to a row that somebody else removed is a conflict.
create or replace function macroplan.reference_stop(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[]
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_reference record;
  v_row jsonb;
  v_target jsonb;
  v_last jsonb;
begin
  for v_reference in
    select c.table_name, c.id, c.before, f.field, f.ref_table
    from unnest(p_changes) with ordinality as c (table_name, id, before, position)
    join macroplan.fields as f on f.table_name = c.table_name and f.type = 'reference'
    order by c.position, f.position
  loop
    v_row := macroplan.live_row(p_context.plan_id, v_reference.table_name, v_reference.id);
    continue when v_row ->> v_reference.field is null
      or v_row -> v_reference.field = v_reference.before -> v_reference.field;
    v_target := macroplan.read_row(
      p_context.plan_id, v_reference.ref_table, (v_row ->> v_reference.field)::uuid
    );
    continue when not (v_target ->> 'removed')::boolean;
    if v_target is null or (v_target ->> 'rev')::bigint = macroplan.edit_rev(p_context.plan_id) then
      return jsonb_build_object('refusal', jsonb_build_object(
        'code', 'unknown_row',
        'message', format(
          'The %s of this %s is not known in this plan.',
          macroplan.field_words(v_reference.field), macroplan.noun(v_reference.table_name)
        ),
        'table', v_reference.table_name,
        'id', v_reference.id,
        'field', v_reference.field
      ));
    end if;
    v_last := macroplan.all_fields(v_target);
    return jsonb_build_object('cause', 'removed', 'items', jsonb_build_array(
      macroplan.conflict_item(
        p_context, v_reference.ref_table, (v_target ->> 'id')::uuid, 'row', v_last, null, v_last
      )
    ));
  end loop;
  return null;
end
$$;
