-- A stop that refuses.
create or replace function macroplan.stop(p_op jsonb, p_code text, p_message text, p_field text default null)
returns jsonb
language sql
immutable
as $$
  select jsonb_build_object('refusal', macroplan.op_refusal(p_op, p_code, p_message, p_field))
$$;
