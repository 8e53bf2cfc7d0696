-- The merge units that an op names on a live row, each with its base, mine and merge.
create or replace function macroplan.merge_units(p_op jsonb, p_row jsonb)
returns table (unit text, place int, base jsonb, mine jsonb, merge jsonb)
language plpgsql
stable
as $$
declare
  v_wants jsonb := case p_op ->> 'op' when 'insert' then p_op -> 'row' else p_op -> 'set' end;
  v_base jsonb := case p_op ->> 'op' when 'set' then nullif(p_op -> 'base', 'null') end;
begin
  if p_op ->> 'op' in ('move', 'resize', 'slip') then
    return query
    select 'planned', 1, p_op -> 'base', macroplan.gesture_target(p_op), macroplan.merge_gesture(p_op, p_row);
    return;
  end if;
  return query
  select named.unit, named.place, named.base, named.mine,
    macroplan.merge_set(named.unit, named.base, p_row, named.mine)
  from (
    select f.unit,
      min(f.position) as place,
      case when v_base is not null then jsonb_object_agg(f.field, v_base -> f.field) end as base,
      jsonb_object_agg(f.field, v_wants -> f.field) as mine
    from macroplan.fields as f
    where f.table_name = p_op ->> 'table' and v_wants ? f.field and not f.is_fixed
    group by f.unit
  ) as named;
end
$$;
