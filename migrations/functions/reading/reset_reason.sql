-- Why a replica at this cursor must take a snapshot, or null where a delta will do. A cursor that we cannot read was
-- not made by this protocol and counts as none.
create or replace function macroplan.reset_reason(p_plan uuid, p_role text, p_cursor text)
returns text
language plpgsql
stable
as $$
declare
  v_part text[] := regexp_match(p_cursor, '^([0-9a-f]{8})\.(\d{1,15})\.([0-9a-f]{8})\.s([0-9a-f]{6})\.([vpl])$');
  v_rev bigint := v_part[2];
  v_head record;
  v_here text[];
begin
  if v_part is null then
    return 'none';
  end if;
  select rev, min_since into v_head from macroplan.plan_heads where plan_id = p_plan;
  v_here := string_to_array(macroplan.cursor_text(v_rev, macroplan.hash_at(p_plan, v_rev), p_role), '.');
  return case
    -- Another history comes before every other reason: only for it does a device offer again what the server lost.
    when v_part[1] <> v_here[1] then 'epoch'
    when v_rev > v_head.rev then 'ahead'
    when v_part[3] <> v_here[3] then 'epoch'
    when 's' || v_part[4] <> v_here[4] then 'shape'
    when v_part[5] <> v_here[5] then 'access'
    when v_rev < v_head.min_since then 'horizon'
    when v_rev < v_head.rev and macroplan.has_changed_more(p_plan, v_rev, 5000) then 'far'
  end;
end
$$;
