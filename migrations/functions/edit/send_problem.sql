-- Whether a mail has addressees and a note that fits. Returns a refusal or null.
create or replace function macroplan.send_problem(p_op jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_to jsonb := p_op -> 'to';
  v_problem jsonb;
begin
  if jsonb_typeof(v_to) is distinct from 'array' or jsonb_array_length(v_to) not between 1 and 100 then
    return macroplan.op_refusal(p_op, 'bad_value', 'A mail needs 1 to 100 addresses.', 'to');
  end if;
  select macroplan.part_problem(jsonb_build_object('to', address), 'to', '{"type": "email"}') as problem
  into v_problem
  from jsonb_array_elements(v_to) with ordinality as addresses (address, position)
  where macroplan.part_problem(jsonb_build_object('to', address), 'to', '{"type": "email"}') is not null
  order by position
  limit 1;
  v_problem := coalesce(v_problem, macroplan.part_problem(p_op, 'note', '{"type": "long_text"}'));
  return macroplan.op_refusal_of(p_op, v_problem);
end
$$;
