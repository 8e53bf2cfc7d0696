-- The rows that a device's earlier edits would have changed, had they not met a conflict which its user has not seen
-- yet: an object with their ids as keys.
create or replace function macroplan.blocked_rows(p_plan uuid, p_client uuid, p_since bigint)
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_object_agg(op ->> 'id', true), '{}')
  from macroplan.conflicts as c
  cross join jsonb_array_elements(c.ops) as op
  where c.plan_id = p_plan
    and c.rev > p_since
    and c.state = 'open'
    and not c.removed
    and op ? 'table'
    and exists (
      select
      from macroplan.event_log as e
      where e.plan_id = p_plan and e.rev = c.rev and e.row_id = c.id and e.client_id = p_client
    )
$$;
