-- Rejects a change of recipients with the sentence that a lead needs.
create or replace function macroplan.check_recipients(p_plan uuid, p_body jsonb)
returns void
language plpgsql
stable
as $$
declare
  v_problem text;
begin
  if jsonb_typeof(coalesce(p_body -> 'add', '[]')) <> 'array' or jsonb_typeof(coalesce(p_body -> 'remove', '[]')) <> 'array' then
    perform macroplan.reject(400, 'bad_request', 'Say what to add and what to remove as lists.');
  end if;
  if jsonb_array_length(coalesce(p_body -> 'add', '[]')) > 200 or jsonb_array_length(coalesce(p_body -> 'remove', '[]')) > 200 then
    perform macroplan.reject(413, 'too_large', 'That is too much at once; change at most 200 recipients at a time.');
  end if;
  select macroplan.recipient_problem(p_plan, r) into v_problem
  from jsonb_array_elements(coalesce(p_body -> 'add', '[]')) with ordinality as added (r, position)
  where macroplan.recipient_problem(p_plan, r) is not null
  order by position
  limit 1;
  if v_problem is not null then
    perform macroplan.reject(400, 'bad_request', v_problem);
  end if;
end
$$;
