-- Whether an op is one, of a table there is, about a row that can be named. Returns a refusal or null.
create or replace function macroplan.op_shape_problem(p_op jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_kind text := coalesce(p_op ->> 'op', '');
  v_table text := p_op ->> 'table';
  v_is_gesture boolean := v_kind in ('move', 'resize', 'slip');
  v_id_field text := case v_kind when 'send' then 'iteration_id' else 'id' end;
begin
  if v_kind not in ('insert', 'set', 'remove', 'move', 'resize', 'slip', 'resolve', 'send') then
    return macroplan.op_refusal(
      p_op, 'bad_value', 'This page sent a kind of change that is not known here. Reload the page.', 'op'
    );
  end if;
  if v_kind not in ('resolve', 'send') then
    if macroplan.field_names(v_table, 'all') is null then
      return macroplan.op_refusal(p_op, 'unknown_table', format('There is no table "%s".', v_table), 'table');
    end if;
    if v_is_gesture and v_table <> 'chapter_schedules' then
      return macroplan.op_refusal(
        p_op, 'unknown_table', 'Only schedules can be moved, resized or slipped.', 'table'
      );
    end if;
  end if;
  if not macroplan.is_uuid(p_op ->> v_id_field) then
    return macroplan.op_refusal(p_op, 'bad_value', 'An id must be a uuid in lower case.', v_id_field);
  end if;
  return null;
end
$$;
