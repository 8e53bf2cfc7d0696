-- Rejects a change of recipients with the sentence that a lead needs.
create or replace function macroplan.check_recipients(p_plan uuid, p_body jsonb)
returns void
language plpgsql
stable
as $$
declare
  v_problem text;
begin
  if exists (
    select
    from unnest(array['add', 'quiet', 'remove']) as part
    where jsonb_typeof(coalesce(p_body -> part, '[]')) <> 'array'
  ) then
    perform macroplan.reject(400, 'bad_request', 'Say what to add, what to remove and what hours are quiet as lists.');
  end if;
  if exists (
    select
    from unnest(array['add', 'quiet', 'remove']) as part
    where jsonb_array_length(coalesce(p_body -> part, '[]')) > 200
  ) then
    perform macroplan.reject(413, 'too_large', 'That is too much at once; change at most 200 recipients at a time.');
  end if;
  if exists (
    select
    from jsonb_array_elements(coalesce(p_body -> 'remove', '[]')) as gone
    where macroplan.uuid_or_null(gone #>> '{}') is null
  ) then
    perform macroplan.reject(400, 'bad_request', 'What to remove from the list is said by ids.');
  end if;
  select coalesce(
    (
      select macroplan.recipient_problem(p_plan, r)
      from jsonb_array_elements(coalesce(p_body -> 'add', '[]')) with ordinality as added (r, position)
      where macroplan.recipient_problem(p_plan, r) is not null
      order by position
      limit 1
    ),
    (
      select macroplan.quiet_problem(p_plan, q)
      from jsonb_array_elements(coalesce(p_body -> 'quiet', '[]')) with ordinality as quiet (q, position)
      where macroplan.quiet_problem(p_plan, q) is not null
      order by position
      limit 1
    )
  ) into v_problem;
  if v_problem is not null then
    perform macroplan.reject(400, 'bad_request', v_problem);
  end if;
end
$$;
