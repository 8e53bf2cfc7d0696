-- Rows that still refer to a removed one: others' new work makes a conflict, what was there is the author's to remove.
create or replace function macroplan.children_stop(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[]
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_plan uuid := p_context.plan_id;
  v_removed record;
  v_child record;
  v_items jsonb;
begin
  for v_removed in
    select c.table_name, c.id, c.before
    from (
      select *
      from unnest(p_changes) with ordinality as change (table_name, id, before, position)
      where before is not null and table_name in (select ref_table from macroplan.fields)
      -- Only then is the row worth reading.
      offset 0
    ) as c
    where macroplan.live_row(v_plan, c.table_name, c.id) is null
    order by c.position
  loop
    v_items := '[]';
    for v_child in select * from macroplan.children_of(v_plan, v_removed.table_name, v_removed.id) loop
      if not exists (select from macroplan.changed_since(p_context, v_child.table_name, v_child.id)) then
        return jsonb_build_object('refusal', jsonb_build_object(
          'code', 'still_has_children',
          'message', format(
            '%s is still used by the %s.',
            macroplan.capitalised(macroplan.describe_row(
              v_plan, v_removed.table_name, macroplan.read_row(v_plan, v_removed.table_name, v_removed.id)
            )),
            macroplan.describe_row(
              v_plan, v_child.table_name, macroplan.read_row(v_plan, v_child.table_name, v_child.id)
            )
          ),
          'table', v_removed.table_name,
          'id', v_removed.id,
          'field', null
        ));
      end if;
      v_items := v_items || macroplan.conflict_item(
        p_context, v_child.table_name, v_child.id, 'row',
        null, macroplan.all_fields(macroplan.read_row(v_plan, v_child.table_name, v_child.id)), null
      );
    end loop;
    if v_items <> '[]' then
      return jsonb_build_object('cause', 'children_changed', 'items', v_items);
    end if;
  end loop;
  return null;
end
$$;
