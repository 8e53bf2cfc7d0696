-- Applies one edit with the role that its author has at this moment. A constraint of the database that the rules did not
-- foresee refuses this edit alone; without that, its author's queue would meet the same error for ever.
create or replace function macroplan.apply_or_refuse(
  p_plan uuid,
  p_who jsonb,
  p_role text,
  p_client uuid,
  p_edit jsonb,
  p_since bigint
)
returns jsonb
language plpgsql
as $$
declare
  v_verdict jsonb;
  v_constraint text;
begin
  if p_role is null then
    return macroplan.refusal('not_allowed', 'You may not change this plan any more.');
  end if;
  v_verdict := macroplan.apply_edit(p_plan, p_who, p_role, p_client, p_edit, p_since);
  -- References are checked late; now is late enough for this edit and too early to spoil the others.
  set constraints all immediate;
  set constraints all deferred;
  return v_verdict;
exception
  when integrity_constraint_violation or data_exception then
    get stacked diagnostics v_constraint = constraint_name;
    raise warning 'edit % refused by the database: % (%)', p_edit ->> 'id', sqlerrm, v_constraint;
    return macroplan.refusal(
      'bad_value', format('The database does not accept this change (%s).', coalesce(nullif(v_constraint, ''), sqlstate))
    );
end
$$;
