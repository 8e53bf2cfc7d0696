-- One whole edit: it applies completely or not at all, and always ends in exactly one outcome. The twin of applyEdit in
-- src/store/apply.ts; docs/merge.md has the rules. p_since: the rev that its author had seen, 0 for none. Returns
--   {"outcome": …, "rev": bigint | null, "merged": […], "conflict": uuid | null, "refusal": {…} | null}.
-- The caller has checked the envelope (id, seq, at, label, v, and that ops is an array).
create or replace function macroplan.apply_edit(
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
  v_context macroplan.edit_context := row(
    p_plan,
    (p_edit ->> 'id')::uuid,
    p_client,
    p_who ->> 'user_key',
    p_role,
    p_since
  );
  v_result jsonb := macroplan.edit_problem(p_edit, p_role);
begin
  perform macroplan.begin_edit(
    p_plan,
    v_context.user_key,
    p_who ->> 'display_name',
    p_client,
    v_context.edit_id,
    (p_edit -> 'at')::bigint,
    p_edit ->> 'label'
  );
  if v_result is null then
    begin
      v_result := macroplan.apply_ops(v_context, p_edit -> 'ops');
      if not v_result ? 'outcome' then
        -- Undoes what the ops wrote; variables keep their values.
        raise sqlstate 'MPS00';
      end if;
    exception
      when sqlstate 'MPS00' then
        null;
    end;
  end if;
  v_result := macroplan.verdict(v_context, p_who, p_edit, v_result);
  if v_result ->> 'rev' is not null then
    perform macroplan.note_edit(p_plan);
  end if;
  return v_result;
end
$$;
