-- What an op alone tells, before any row is looked at: its shape, who may do such a thing, its values. Returns a
-- refusal or null. The twin of checkOp in src/store/op-checks.ts; docs/merge.md, "Order of checks", steps 1 to 3.
create or replace function macroplan.op_problem(p_op jsonb, p_role text)
returns jsonb
language sql
stable
as $$
  select coalesce(
    macroplan.op_shape_problem(p_op),
    macroplan.op_role_problem(p_op, p_role),
    macroplan.op_value_problem(p_op)
  )
$$;
