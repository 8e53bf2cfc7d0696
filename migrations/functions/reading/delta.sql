-- The body of a delta (PROTOCOL): what a replica at a cursor must change to stand at the plan's head. Stable, so that
-- head and rows come from the one snapshot of the statement that calls it; a head newer than its rows would lose rows
-- for ever. p_reset: what macroplan.reset_reason says of the cursor; a
-- standby never tells a replica to take a snapshot.
create or replace function macroplan.delta(p_plan uuid, p_role text, p_cursor text, p_reset text)
returns text
language plpgsql
stable
as $$
declare
  v_reset text := p_reset;
  v_since bigint := case when p_reset is null then split_part(p_cursor, '.', 2)::bigint end;
  v_head record;
begin
  select * into v_head from macroplan.read_head(p_plan, p_role);
  if v_since < v_head.rev and macroplan.has_changed_more(p_plan, v_since, 5000) then
    v_reset := 'far';
    v_since := null;
  end if;
  if v_reset is not null then
    perform macroplan.reject_behind();
  end if;
  return format(
    '{"cursor":%s,"rev":%s,"reset":%s,"now":%s,"poll_after_ms":%s,"rows":{%s},"events":%s,"row_count":%s,"row_sum":%s}',
    to_json(v_head.cursor), v_head.rev, coalesce(to_json(v_reset), 'null'),
    macroplan.milliseconds(clock_timestamp()), (select poll_after_ms from macroplan.meta),
    case when v_since < v_head.rev then macroplan.delta_rows(p_plan, v_since) end,
    macroplan.delta_events(p_plan, coalesce(v_since, v_head.rev)),
    v_head.row_count, v_head.row_sum
  );
end
$$;
