-- What is wrong with quiet hours that a lead would set, as a sentence; null where nothing is.
create or replace function macroplan.quiet_problem(p_plan uuid, p_quiet jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_email text := lower(p_quiet ->> 'email');
begin
  if jsonb_typeof(p_quiet) is distinct from 'object' or macroplan.uuid_or_null(p_quiet ->> 'id') is null then
    return 'Quiet hours need an id.';
  end if;
  if v_email is null or not macroplan.is_address(v_email) then
    return 'That is no mail address. Write one, such as cutover@example.com.';
  end if;
  if not exists (
    select from macroplan.mail_recipients where plan_id = p_plan and removed_at is null and lower(email) = v_email
    union all
    select from macroplan.teams where plan_id = p_plan and not removed and lower(email) = v_email
  ) then
    return format('%s is not listed here, and no team has this address.', v_email);
  end if;
  if exists (
    select
    from unnest(array['quiet_from', 'quiet_to']) as edge
    where coalesce(jsonb_typeof(p_quiet -> edge), 'null') not in ('null', 'number')
  ) then
    return 'When quiet hours begin and end is said by numbers: minutes after midnight, such as 1320 for 22:00.';
  end if;
  if exists (
    select
    from unnest(array['quiet_from', 'quiet_to']) as edge
    where not macroplan.is_whole(p_quiet -> edge) or not macroplan.is_integer(p_quiet -> edge, 0, 1439)
  ) then
    return 'Quiet hours begin and end at a time of day, such as 22:00 and 06:00.';
  end if;
  if (p_quiet ->> 'quiet_from')::int = (p_quiet ->> 'quiet_to')::int then
    return 'Quiet hours cannot end when they begin. Whoever is to get nothing at all is taken off the list.';
  end if;
  if not macroplan.is_zone(coalesce(p_quiet ->> 'zone', '')) then
    return 'There is no such time zone. Write one, such as Europe/Zurich.';
  end if;
  return null;
end
$$;
