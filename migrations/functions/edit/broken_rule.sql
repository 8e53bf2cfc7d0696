-- The first broken rule on the rows after an edit: rule by rule, each over the rows in the order in which the edit first
-- changed them. Returns a stop or null. The twin of brokenRule in src/store/rules.ts.
create or replace function macroplan.broken_rule(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[]
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_tables text[] := array(select distinct table_name from unnest(p_changes));
begin
  -- A rule on one table is asked only where an edit changed it; most edits change schedules alone.
  return coalesce(
    macroplan.reference_stop(p_context, p_changes),
    macroplan.children_stop(p_context, p_changes),
    case when 'dependencies' = any (v_tables) then macroplan.cycle_stop(p_context, p_changes) end,
    case when 'plan_members' = any (v_tables) then macroplan.lead_stop(p_context, p_changes) end
  );
end
$$;
