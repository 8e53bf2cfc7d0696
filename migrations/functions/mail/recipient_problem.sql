-- What is wrong with a recipient that a lead would add, as a sentence; null where nothing is.
create or replace function macroplan.recipient_problem(p_plan uuid, p_recipient jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_audience text := p_recipient ->> 'audience';
  v_email text := p_recipient ->> 'email';
  v_user_key text := p_recipient ->> 'user_key';
  v_event record;
  v_team record;
begin
  if jsonb_typeof(p_recipient) is distinct from 'object' or macroplan.uuid_or_null(p_recipient ->> 'id') is null then
    return 'A recipient needs an id.';
  end if;
  select * into v_event from macroplan.mail_events() where event = p_recipient ->> 'event';
  if not found then
    return 'There is no such kind of mail.';
  end if;
  if v_audience is null or v_audience <> all (v_event.audiences) then
    return format('Nobody of that kind can be listed for "%s".', v_event.title);
  end if;
  if (v_audience = 'address') <> (v_email is not null) or (v_audience = 'team') <> (p_recipient ->> 'team_id' is not null) then
    return 'A recipient is one address, or one team.';
  end if;
  if coalesce(jsonb_typeof(p_recipient -> 'every_hours'), 'null') not in ('null', 'number') then
    return 'How often a status report goes is said by a number: of hours, 1, 2, 4 or 6.';
  end if;
  if v_event.event = 'report' and not coalesce(p_recipient ->> 'every_hours' in ('1', '2', '4', '6'), false) then
    return 'A status report goes every hour, or every 2, 4 or 6 hours.';
  end if;
  if v_event.event <> 'report' and p_recipient ->> 'every_hours' is not null then
    return 'Only a status report goes every few hours.';
  end if;
  if v_audience = 'address' and char_length(v_email) > 254 then
    return 'A mail address has at most 254 characters.';
  end if;
  if v_audience = 'address' and not macroplan.is_address(v_email) then
    return 'That is no mail address. Write one, such as cutover@example.com.';
  end if;
  if coalesce(jsonb_typeof(p_recipient -> 'user_key'), 'null') not in ('null', 'string') or char_length(v_user_key) > 255 then
    return 'Whose address it is, is said by a text of at most 255 characters: the key of a user.';
  end if;
  if v_user_key <> '' and (not macroplan.is_line(v_user_key) or macroplan.is_padded(v_user_key)) then
    return 'The key of a user has no line breaks, and no blanks at its ends.';
  end if;
  if v_user_key is not null and v_audience <> 'address' then
    return 'Only an address can be somebody''s.';
  end if;
  if v_audience = 'team' then
    select code, email into v_team
    from macroplan.teams
    where plan_id = p_plan and id = macroplan.uuid_or_null(p_recipient ->> 'team_id') and not removed;
    if not found then
      return 'This team is not known in this plan.';
    end if;
    if v_team.email is null then
      return format('Team %s has no mail address yet. Give it one in the planner first.', v_team.code);
    end if;
  end if;
  return null;
end
$$;
