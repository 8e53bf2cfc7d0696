-- Where a gesture leads if nobody else touched the schedule; the twin of targetOf in src/store/merge.ts.
create or replace function macroplan.gesture_target(p_op jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_start bigint := (p_op #> '{base,planned_start}')::bigint;
  v_end bigint := (p_op #> '{base,planned_end}')::bigint;
begin
  case p_op ->> 'op'
    when 'move' then
      return macroplan.times((p_op -> 'start')::bigint, (p_op -> 'start')::bigint + v_end - v_start);
    when 'resize' then
      return case p_op ->> 'edge'
        when 'start' then macroplan.times((p_op -> 'to')::bigint, v_end)
        else macroplan.times(v_start, (p_op -> 'to')::bigint)
      end;
    when 'slip' then
      return macroplan.times(v_start + (p_op -> 'by')::bigint, v_end + (p_op -> 'by')::bigint);
  end case;
end
$$;
