-- The first broken rule on the rows after an edit: rule by rule, each over the rows in the order in which the edit first
-- changed them. Returns a stop or null. The twin of brokenRule in src/store/rules.ts.
create or replace function macroplan.broken_rule(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[]
)
returns jsonb
language sql
stable
as $$
  select coalesce(
    macroplan.reference_stop(p_context, p_changes),
    macroplan.children_stop(p_context, p_changes),
    macroplan.cycle_stop(p_context, p_changes),
    macroplan.lead_stop(p_context, p_changes)
  )
$$;
