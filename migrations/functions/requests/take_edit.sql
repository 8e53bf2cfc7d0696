-- One edit of a request: its stored receipt if it is known, else what becomes of it now, as the text of a receipt. The
-- caller holds the plan's lock.
create or replace function macroplan.take_edit(p_plan uuid, p_who jsonb, p_client uuid, p_edit jsonb, p_since bigint)
returns text
language plpgsql
as $$
declare
  v_author text := p_who ->> 'user_key';
  v_verdict jsonb;
  v_receipt macroplan.receipts;
begin
  select * into v_receipt
  from macroplan.receipts
  where plan_id = p_plan and edit_id = (p_edit ->> 'id')::uuid;
  if found and v_receipt.author = v_author then
    return macroplan.receipt_text(v_receipt, true);
  end if;

  v_receipt.seq := (p_edit ->> 'seq')::bigint;
  if found then
    v_verdict := macroplan.refusal('not_allowed', 'This change bears the number of somebody else''s change.');
  else
    v_verdict := coalesce(
      macroplan.check_edit(p_edit), macroplan.apply_or_refuse(p_plan, p_who, p_client, p_edit, p_since)
    );
  end if;
  v_receipt.plan_id := p_plan;
  v_receipt.edit_id := (p_edit ->> 'id')::uuid;
  v_receipt.client_id := p_client;
  v_receipt.author := v_author;
  v_receipt.at := now();
  v_receipt.outcome := v_verdict ->> 'outcome';
  v_receipt.rev := (v_verdict ->> 'rev')::bigint;
  v_receipt.merged := coalesce(v_verdict -> 'merged', '[]');
  v_receipt.conflict := (v_verdict ->> 'conflict')::uuid;
  v_receipt.refusal := nullif(v_verdict -> 'refusal', 'null');
  -- Does nothing where the number is somebody else's: their receipt stays.
  insert into macroplan.receipts select v_receipt.* on conflict do nothing;
  return macroplan.receipt_text(v_receipt, false);
end
$$;
