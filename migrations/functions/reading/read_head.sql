-- Where a plan stands: its rev, totals of its live rows, and the cursor of a replica that has read everything. Four
-- reads by key, whatever the size of the plan. In plpgsql, which keeps the plan.
create or replace function macroplan.read_head(
  p_plan uuid,
  p_role text,
  out rev bigint,
  out min_since bigint,
  out row_count bigint,
  out row_sum bigint,
  out cursor text
)
language plpgsql
stable
as $$
begin
  select head.rev, head.min_since, coalesce(last.row_count, 0), coalesce(last.row_sum, 0),
    macroplan.cursor_text(meta, head.rev, last.hash, p_role)
  into rev, min_since, row_count, row_sum, cursor
  from macroplan.plan_heads as head
  cross join macroplan.meta
  left join lateral (
    select e.row_count, e.row_sum, e.hash
    from macroplan.event_log as e
    where e.plan_id = head.plan_id
    order by e.rev desc, e.n desc
    limit 1
  ) as last on true
  where head.plan_id = p_plan;
end
$$;
