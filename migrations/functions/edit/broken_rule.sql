-- The first broken rule on the rows after an edit: rule by rule, each over the rows in the order in which the edit first
-- changed them. p_does: which of `refer`, `remove`
-- and `member` the edit did. Returns a stop or null. The twin of brokenRule in src/store/rules.ts.
create or replace function macroplan.broken_rule(
  p_context macroplan.edit_context,
  p_changes macroplan.row_change[],
  p_does text[]
)
returns jsonb
language plpgsql
stable
as $$
begin
  -- A rule is asked only where an edit may have broken it; most edits change fields of schedules alone.
  return coalesce(
    case when 'refer' = any (p_does) then macroplan.reference_stop(p_context, p_changes) end,
    case when 'remove' = any (p_does) then macroplan.children_stop(p_context, p_changes) end,
    case when 'refer' = any (p_does) then macroplan.cycle_stop(p_context, p_changes) end,
    case when 'member' = any (p_does) then macroplan.lead_stop(p_context, p_changes) end
  );
end
$$;
