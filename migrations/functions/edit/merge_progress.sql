-- Two reports of progress on one path: the further one stands, with the times that either side reported. Null where
-- they do not lie on one path, or report different times of the same thing. The twin of mergeProgress in src/store/merge.ts.
create or replace function macroplan.merge_progress(p_base jsonb, p_current jsonb, p_mine jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_path constant text[] := array['pending', 'ready', 'running', 'done'];
  v_from int := array_position(v_path, p_base ->> 'status');
  v_theirs int := array_position(v_path, p_current ->> 'status');
  v_own int := array_position(v_path, p_mine ->> 'status');
  v_fields jsonb := '{}';
  v_field text;
  v_value jsonb;
begin
  if not coalesce(v_theirs > v_from and v_own > v_from, false) then
    return null;
  end if;
  for v_field, v_value in select * from jsonb_each(p_mine) loop
    if v_field = 'status' then
      v_value := case when v_own > v_theirs then v_value else p_current -> v_field end;
    elsif v_value = p_base -> v_field then
      v_value := p_current -> v_field;
    elsif p_current -> v_field not in (p_base -> v_field, v_value) then
      return null;
    end if;
    v_fields := v_fields || jsonb_build_object(v_field, v_value);
  end loop;
  return case
    when p_current @> v_fields then '{"kind": "noop"}'
    else jsonb_build_object('kind', 'combine', 'fields', v_fields)
  end;
end
$$;
