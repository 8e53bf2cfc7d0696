-- The refusal of an edit whose envelope is wrong, or null. p_limits: what a request may hold, of macroplan.meta.
create or replace function macroplan.check_edit(p_edit jsonb, p_limits jsonb)
returns jsonb
language plpgsql
immutable
as $$
begin
  return case
    when coalesce(p_edit -> 'v', '1') <> '1'
    then macroplan.refusal('too_old', 'This page is of another version than the server; reload it and make the change again.')
    when jsonb_typeof(p_edit -> 'label') is distinct from 'string' or p_edit ->> 'label' = ''
    then macroplan.refusal('bad_value', 'The change has no name.')
    when char_length(p_edit ->> 'label') > (p_limits ->> 'line_max')::int
    then macroplan.refusal('too_long', 'The name of the change is too long.')
    when not macroplan.is_integer(p_edit -> 'at', -9007199254740992, 9007199254740992)
    then macroplan.refusal('bad_value', 'The change does not say when it was made.')
    when p_edit ? 'seen' and not macroplan.is_integer(p_edit -> 'seen', 0, 9007199254740991)
    then macroplan.refusal('bad_value', 'The change does not say rightly what was seen when it was made.')
    when jsonb_typeof(p_edit -> 'ops') is distinct from 'array'
    then macroplan.refusal('bad_value', 'The change has no steps.')
  end;
end
$$;
