-- No chapter may wait for itself, whatever the kinds of the dependencies. A cycle that only somebody else's new
-- dependency closes is a conflict that shows both; any other is refused. The twin of src/store/cycle-rule.ts.
create or replace function macroplan.cycle_stop(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[]
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_plan uuid := p_context.plan_id;
  v_mine record;
  v_news uuid[];
  -- Both ends of a dependency on a cycle are among these; null: all chapters are.
  v_suspects uuid[];
begin
  -- An import adds many at once: one pass over all of them is cheaper than a search for each.
  if (select count(*) from unnest(p_changes) as c where c.table_name = 'dependencies') > 20 then
    v_suspects := macroplan.chapters_without_order(v_plan);
  end if;
  for v_mine in
    select d.id, d.predecessor_id, d.successor_id
    from unnest(p_changes) with ordinality as c (table_name, id, before, position)
    join macroplan.dependencies as d on d.plan_id = v_plan and d.id = c.id and not d.removed
    where c.table_name = 'dependencies'
      -- The ends of a dependency are fixed, but one edit may remove it and make it anew.
      and (c.before ->> 'predecessor_id', c.before ->> 'successor_id')
        is distinct from (d.predecessor_id::text, d.successor_id::text)
      and (v_suspects is null or (d.predecessor_id = any (v_suspects) and d.successor_id = any (v_suspects)))
    order by c.position
  loop
    continue when v_mine.predecessor_id not in (
      select * from macroplan.reach(v_plan, v_mine.successor_id, false, '{}')
    );
    select coalesce(array_agg(d.id order by d.id), '{}') into v_news
    from macroplan.dependencies as d
    where d.plan_id = v_plan
      and not d.removed
      and d.predecessor_id in (select * from macroplan.reach(v_plan, v_mine.successor_id, false, '{}'))
      and d.successor_id in (select * from macroplan.reach(v_plan, v_mine.predecessor_id, true, '{}'))
      and exists (
        select from macroplan.changed_since(p_context, 'dependencies', d.id) as theirs where theirs.unit = 'row'
      );
    if v_mine.predecessor_id in (select * from macroplan.reach(v_plan, v_mine.successor_id, false, v_news)) then
      return jsonb_build_object('refusal', jsonb_build_object(
        'code', 'dependency_cycle',
        'message', format(
          'Chapters %s and %s would wait for each other.',
          macroplan.code_of(v_plan, 'chapters', v_mine.predecessor_id::text),
          macroplan.code_of(v_plan, 'chapters', v_mine.successor_id::text)
        ),
        'table', 'dependencies',
        'id', v_mine.id,
        'field', 'successor_id'
      ));
    end if;
    return jsonb_build_object('cause', 'constraint', 'items', (
      select jsonb_agg(
        case
          when edge.id = v_mine.id then
            macroplan.conflict_item(p_context, 'dependencies', edge.id, 'row', null, null, edge.fields)
          else macroplan.conflict_item(p_context, 'dependencies', edge.id, 'row', null, edge.fields, null)
        end
        order by edge.id <> v_mine.id, edge.id
      )
      from (
        select id, macroplan.all_fields(macroplan.read_row(v_plan, 'dependencies', id)) as fields
        from unnest(v_news || v_mine.id) as id
      ) as edge
    ));
  end loop;
  return null;
end
$$;
