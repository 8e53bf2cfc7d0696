-- Whether more than p_most rows of a plan changed after a rev, which is not below min_since. The log has a line or more
-- for each such row and one index tells how many, so the rows themselves are counted only where the lines are too many.
create or replace function macroplan.has_changed_more(p_plan uuid, p_since bigint, p_most int)
returns boolean
language plpgsql
stable
parallel safe
as $$
begin
  perform
  from macroplan.event_log
  where plan_id = p_plan and rev > p_since
  order by rev, n
  offset p_most
  limit 1;
  if not found then
    return false;
  end if;
  perform
  from macroplan.rows_since(p_plan, p_since)
  offset p_most
  limit 1;
  return found;
end
$$;
