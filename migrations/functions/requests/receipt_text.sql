-- A stored receipt as it travels. The same columns give the same bytes whenever it is asked for; only `dup` differs.
create or replace function macroplan.receipt_text(p_receipt macroplan.receipts, p_dup boolean)
returns text
language sql
stable
parallel safe
as $$
  select format(
    '{"edit":"%s","seq":%s,"outcome":"%s","rev":%s,"dup":%s,"merged":%s,"conflict":%s,"refusal":%s}',
    p_receipt.edit_id, p_receipt.seq, p_receipt.outcome, coalesce(p_receipt.rev::text, 'null'), to_json(p_dup),
    p_receipt.merged, coalesce(to_json(p_receipt.conflict), 'null'), coalesce(p_receipt.refusal, 'null')
  )
$$;
