-- A refusal that concerns the edit as a whole, as a verdict of macroplan.apply_edit would give it.
create or replace function macroplan.refusal(p_code text, p_message text)
returns jsonb
language sql
immutable
parallel safe
as $$
  select jsonb_build_object(
    'outcome', 'refused', 'rev', null, 'merged', '[]'::jsonb, 'conflict', null,
    'refusal', jsonb_build_object('code', p_code, 'message', p_message, 'table', null, 'id', null, 'field', null)
  )
$$;
