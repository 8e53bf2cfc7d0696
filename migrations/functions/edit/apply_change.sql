-- A set, an insert of what is there, or a gesture on a live row: all its merge units are decided, then what they ask for
-- together is checked and written.
create or replace function macroplan.apply_change(p_context macroplan.edit_context, p_op jsonb, p_row jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_table text := p_op ->> 'table';
  v_id uuid := p_op ->> 'id';
  v_wants jsonb := coalesce(p_op -> 'row', p_op -> 'set', '{}');
  v_stop jsonb;
  v_unit record;
  v_units macroplan.named_units := row(v_table, v_id, '{}', '{}');
  v_changing text[] := '{}';
  v_next jsonb := '{}';
  v_items jsonb := '[]';
  v_cause text;
begin
  if v_wants ?| macroplan.field_names(v_table, 'fixed') then
    v_stop := macroplan.fixed_stop(p_op, p_row);
    if v_stop is not null then
      return v_stop;
    end if;
  end if;
  for v_unit in select * from macroplan.merge_units(p_op, p_row) order by place loop
    v_units.named := v_units.named || v_unit.unit;
    if v_unit.merge ->> 'kind' <> 'noop' then
      v_changing := v_changing || v_unit.unit;
    end if;
    case v_unit.merge ->> 'kind'
      when 'apply' then
        v_next := v_next || (v_unit.merge -> 'fields');
      when 'combine' then
        v_next := v_next || (v_unit.merge -> 'fields');
        v_units.combined := v_units.combined || v_unit.unit;
      when 'conflict' then
        v_cause := coalesce(v_cause, v_unit.merge ->> 'cause');
        v_items := v_items || macroplan.conflict_item(
          p_context, v_table, v_id, v_unit.unit,
          v_unit.base, macroplan.present_fields(v_unit.mine, p_row), v_unit.mine
        );
      else
        null;
    end case;
  end loop;
  if v_changing <> '{}' then
    v_stop := macroplan.iteration_problem(p_context, p_op, p_row, v_changing);
    if v_stop is not null then
      return jsonb_build_object('refusal', v_stop);
    end if;
  end if;
  if v_cause is not null then
    return jsonb_build_object('cause', v_cause, 'items', v_items);
  end if;
  if v_next = '{}' then
    return jsonb_build_object('units', to_jsonb(v_units));
  end if;
  -- Typed times were checked before; a gesture's are known only now.
  v_stop := coalesce(
    case when v_wants = '{}' then macroplan.range_problem(p_op, v_next) end,
    case when v_next ? 'status' then macroplan.transition_problem(p_context, p_op, p_row, v_next) end
  );
  if v_stop is not null then
    return jsonb_build_object('refusal', v_stop);
  end if;
  v_stop := coalesce(
    case
      when v_next ?| macroplan.field_names(v_table, 'instant')
      then macroplan.times_stop(p_context, p_op, p_row, v_next, v_units)
    end,
    macroplan.taken_stop(p_context, p_op, p_row, v_next)
  );
  if v_stop is not null then
    return v_stop;
  end if;
  perform macroplan.write_row(p_context.plan_id, v_table, v_id, v_next);
  return jsonb_build_object('before', p_row, 'units', to_jsonb(v_units));
end
$$;
