-- Why a replica at this cursor must take a snapshot, or null where a delta may do: whether too much has changed for one
-- (`far`) macroplan.delta finds itself. A cursor that we cannot read was not made by this protocol and counts as none.
create or replace function macroplan.reset_reason(p_plan uuid, p_role text, p_cursor text)
returns text
language plpgsql
stable
as $$
declare
  v_part text[] := string_to_array(p_cursor, '.');
  v_rev bigint;
  v_here record;
begin
  if char_length(p_cursor) > 60
    or coalesce(p_cursor !~ '^[0-9a-f]+[.][0-9]+[.][0-9a-f]+[.]s[0-9a-f]+[.][vpl]$', true)
    or char_length(v_part[2]) > 15
  then
    return 'none';
  end if;
  v_rev := v_part[2];
  select head.rev, head.min_since, meta.shape, left(meta.epoch::text, 8) as epoch,
    left(coalesce(encode(macroplan.hash_at(p_plan, v_rev), 'hex'), '00000000'), 8) as hash
  into v_here
  from macroplan.plan_heads as head, macroplan.meta
  where head.plan_id = p_plan;
  return case
    -- Another history comes before every other reason: only for it does a device offer again what the server lost.
    when v_part[1] <> v_here.epoch then 'epoch'
    when v_rev > v_here.rev then 'ahead'
    when v_part[3] <> v_here.hash then 'epoch'
    when v_part[4] <> 's' || v_here.shape then 'shape'
    when v_part[5] <> left(p_role, 1) then 'access'
    when v_rev < v_here.min_since then 'horizon'
  end;
end
$$;
