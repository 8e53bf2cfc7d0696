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
  v_target jsonb;
  v_last jsonb;
begin
  for v_reference in
    select c.table_name, c.id, f.field, f.ref_table, (c.fields ->> f.field)::uuid as target_id
    from (
      -- Each row is read once, however many references it has.
      select *, macroplan.live_row(p_context.plan_id, table_name, id) as fields
      from unnest(p_changes) with ordinality as change (table_name, id, before, position)
      where table_name in (select referring.table_name from macroplan.fields as referring where type = 'reference')
      offset 0
    ) as c
    join macroplan.fields as f on f.table_name = c.table_name and f.type = 'reference'
    where c.fields ->> f.field is not null and c.fields -> f.field is distinct from c.before -> f.field
    order by c.position, f.position
  loop
    v_target := macroplan.read_row(p_context.plan_id, v_reference.ref_table, v_reference.target_id);
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
