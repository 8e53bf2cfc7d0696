-- The matrix of gestures (docs/merge.md): {kind, fields | cause}. What others did is read from the values, base against
-- current. The twin of mergeGesture in src/store/merge.ts.
create or replace function macroplan.merge_gesture(p_op jsonb, p_current jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_kind text := p_op ->> 'op';
  v_base jsonb := macroplan.times(
    (p_op #> '{base,planned_start}')::bigint, (p_op #> '{base,planned_end}')::bigint
  );
  v_target jsonb := macroplan.gesture_target(p_op);
  v_base_start bigint := (v_base -> 'planned_start')::bigint;
  v_base_end bigint := (v_base -> 'planned_end')::bigint;
  v_start bigint := (p_current -> 'planned_start')::bigint;
  v_end bigint := (p_current -> 'planned_end')::bigint;
  v_by bigint := case v_kind when 'slip' then (p_op -> 'by')::bigint end;
  v_to bigint := case v_kind when 'resize' then (p_op -> 'to')::bigint end;
  v_theirs text := case
    when v_start = v_base_start and v_end = v_base_end then 'none'
    when v_start - v_base_start = v_end - v_base_end then 'moved'
    when v_start = v_base_start then 'end resized'
    when v_end = v_base_end then 'start resized'
    else 'window set'
  end;
  v_fields jsonb;
begin
  if v_target = v_base or p_current @> v_target then
    -- Two leads who press "+30" mean thirty minutes, not sixty.
    return case
      when v_kind = 'slip' and v_by <> 0 and v_theirs <> 'none' then '{"kind": "conflict", "cause": "double_slip"}'
      else '{"kind": "noop"}'
    end;
  end if;
  if v_theirs = 'none' then
    return jsonb_build_object('kind', 'apply', 'fields', v_target);
  end if;
  case v_kind
    when 'move' then
      -- They changed the duration: mine is where, theirs is how long.
      if v_theirs in ('moved', 'window set') then
        return '{"kind": "conflict", "cause": "both_moved"}';
      end if;
      v_fields := macroplan.times((p_op -> 'start')::bigint, (p_op -> 'start')::bigint + v_end - v_start);
    when 'resize' then
      -- They moved it: theirs is where, mine is how long, measured from the edge that I left alone.
      if v_theirs <> 'moved' then
        return '{"kind": "conflict", "cause": "both_resized"}';
      end if;
      v_fields := case p_op ->> 'edge'
        when 'end' then macroplan.times(v_start, v_start + v_to - v_base_start)
        else macroplan.times(v_end - (v_base_end - v_to), v_end)
      end;
    when 'slip' then
      v_fields := macroplan.times(v_start + v_by, v_end + v_by);
  end case;
  return case
    when p_current @> v_fields then '{"kind": "noop"}'
    else jsonb_build_object('kind', 'combine', 'fields', v_fields)
  end;
end
$$;
