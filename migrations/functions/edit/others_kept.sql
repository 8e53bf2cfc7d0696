-- Others' changes to the same rows that stand beside this edit's, as a receipt lists them; null where there are none.
-- Rows come in the order in which the edit named them, units of a row by name.
create or replace function macroplan.others_kept(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[],
  p_units macroplan.named_units[]
)
returns jsonb
language plpgsql
stable
as $$
begin
  -- Nothing was combined, and no row had changed since the cursor: the usual edit.
  perform from unnest(p_units) as u where u.combined <> '{}';
  if not found then
    perform from unnest(p_changes) as c where (c.before ->> 'rev')::bigint > p_context.since;
    if not found then
      return null;
    end if;
  end if;
  return (
    with named as (
      select u.table_name, u.id, min(u.position) as position,
        array_agg(distinct unit.name) as units,
        array_agg(distinct unit.name) filter (where unit.name = any (u.combined)) as combined
      from unnest(p_units) with ordinality as u (table_name, id, named, combined, position)
      cross join unnest(u.named) as unit (name)
      group by u.table_name, u.id
    ),
    kept as (
      select named.position, named.table_name, named.id, theirs.*
      from named
      join unnest(p_changes) as c (table_name, id, before)
      on c.table_name = named.table_name and c.id = named.id and c.before is not null
      cross join lateral (
        select unit, last ->> 'theirs_by' as by, (last ->> 'theirs_rev')::bigint as rev
        from unnest(named.combined) as unit,
          macroplan.last_change(p_context, named.table_name, named.id, unit) as last
        union all
        select s.unit, s.by, s.rev
        from macroplan.changed_since(p_context, named.table_name, named.id) as s
        where s.unit <> 'row' and s.unit <> all (named.units)
          and (c.before ->> 'rev')::bigint > p_context.since
      ) as theirs
      where macroplan.live_row(p_context.plan_id, named.table_name, named.id) is not null
    )
    select jsonb_agg(
      jsonb_build_object('table', table_name, 'id', id, 'unit', unit, 'by', by, 'rev', rev)
      order by position, unit collate "C"
    )
    from kept
  );
end
$$;
