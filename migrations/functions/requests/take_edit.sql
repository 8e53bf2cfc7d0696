-- One edit of a request: its stored receipt if it is known, else what becomes of it now, as the text of a receipt. The
-- caller holds the plan's lock. p_role: the author's role now, null where it was lost. p_since: the rev of the request's
-- cursor, 0 if it had none; what its author had not seen when the edit was made counts as unseen all the same.
--
-- An edit that was refused because a row was not known is tried again when it comes again: after a restore, the device that
-- made the row may return later than one that changed it (docs/decisions/0015). It had no effect, so it still has one at most.
create or replace function macroplan.take_edit(
  p_plan uuid,
  p_who jsonb,
  p_role text,
  p_client uuid,
  p_edit jsonb,
  p_since bigint,
  p_limits jsonb
)
returns text
language plpgsql
as $$
declare
  v_author text := p_who ->> 'user_key';
  v_verdict jsonb;
  v_receipt macroplan.receipts;
  v_is_known boolean;
  v_is_theirs boolean;
begin
  select * into v_receipt
  from macroplan.receipts
  where plan_id = p_plan and edit_id = (p_edit ->> 'id')::uuid;
  v_is_known := found;
  v_is_theirs := v_is_known and v_receipt.author <> v_author;
  if v_is_known and not v_is_theirs and v_receipt.refusal ->> 'code' is distinct from 'unknown_row' then
    return macroplan.receipt_text(v_receipt, true);
  end if;

  if v_is_theirs then
    v_verdict := macroplan.refusal('not_allowed', 'This change bears the number of somebody else''s change.');
  else
    v_verdict := coalesce(
      macroplan.check_edit(p_edit, p_limits),
      macroplan.apply_or_refuse(p_plan, p_who, p_role, p_client, p_edit, least(p_since, (p_edit -> 'seen')::bigint))
    );
  end if;
  if v_is_known and not v_is_theirs and v_verdict ->> 'outcome' = 'refused' then
    return macroplan.receipt_text(v_receipt, true);
  end if;
  v_receipt.plan_id := p_plan;
  v_receipt.edit_id := (p_edit ->> 'id')::uuid;
  v_receipt.client_id := p_client;
  v_receipt.author := v_author;
  v_receipt.seq := (p_edit -> 'seq')::bigint;
  v_receipt.at := now();
  v_receipt.outcome := v_verdict ->> 'outcome';
  v_receipt.rev := (v_verdict ->> 'rev')::bigint;
  v_receipt.merged := coalesce(v_verdict -> 'merged', '[]');
  v_receipt.conflict := (v_verdict ->> 'conflict')::uuid;
  v_receipt.refusal := nullif(v_verdict -> 'refusal', 'null');
  if not v_is_theirs then
    insert into macroplan.receipts
    values (v_receipt.*)
    on conflict (plan_id, edit_id) do update
    set (client_id, seq, at, outcome, rev, merged, conflict, refusal) = row(
      excluded.client_id, excluded.seq, excluded.at,
      excluded.outcome, excluded.rev, excluded.merged, excluded.conflict, excluded.refusal
    );
  end if;
  return macroplan.receipt_text(v_receipt, false);
end
$$;
