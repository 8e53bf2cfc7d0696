-- POST /recipients, for the leads of a plan: {"add": [{id, event, audience, email | team_id, user_key, every_hours}], "quiet": [{id, email,
-- quiet_from, quiet_to, zone}], "remove": [id]}, ids of either. Quiet hours take the place of those that the address had, and
-- status reports that of those to the same recipient at another beat. Ids are
-- made by whoever asks, so that a request whose answer was lost may come again: what is there is not added twice, and what is
-- gone is not removed twice. All of it or nothing. Answers the list as it is then.
create or replace function api.change_recipients(p_who jsonb, p_plan text, p_body text)
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_body jsonb := macroplan.parse_body(p_body);
  v_plan uuid := macroplan.find_led_plan(p_who, p_plan);
  v_name text := macroplan.name_of(p_who ->> 'user_key', p_who ->> 'display_name');
begin
  perform macroplan.check_recipients(v_plan, v_body);
  update macroplan.mail_recipients
  set removed_at = clock_timestamp(),
    removed_by = p_who ->> 'user_key',
    removed_by_name = v_name
  where plan_id = v_plan
    and removed_at is null
    and (
      id in (select macroplan.uuid_or_null(gone) from jsonb_array_elements_text(coalesce(v_body -> 'remove', '[]')) as gone)
      or exists (
        select
        from jsonb_array_elements(coalesce(v_body -> 'add', '[]')) as r
        where r ->> 'event' = 'report'
          and event = 'report'
          and audience = r ->> 'audience'
          and coalesce(email, team_id::text) = coalesce(lower(r ->> 'email'), r ->> 'team_id')
          and every_hours <> (r ->> 'every_hours')::int
          -- A late copy of a request takes no newer beat away.
          and not exists (
            select from macroplan.mail_recipients as known where known.plan_id = v_plan and known.id = (r ->> 'id')::uuid
          )
      )
    );
  insert into macroplan.mail_recipients (
    plan_id, id, event, audience, email, team_id, user_key, every_hours, added_by, added_by_name, added_at
  )
  select v_plan, (r ->> 'id')::uuid, r ->> 'event', r ->> 'audience', lower(r ->> 'email'), (r ->> 'team_id')::uuid,
    nullif(r ->> 'user_key', ''), (r ->> 'every_hours')::int, p_who ->> 'user_key', v_name, clock_timestamp()
  from jsonb_array_elements(coalesce(v_body -> 'add', '[]')) as r
  on conflict do nothing;
  perform macroplan.keep_quiet_hours(v_plan, p_who ->> 'user_key', v_name, v_body);
  if (select count(*) > 200 from macroplan.mail_recipients where plan_id = v_plan and removed_at is null) then
    perform macroplan.reject(400, 'bad_request', 'A plan lists at most 200 recipients. A distribution list is one of them.');
  end if;
  return macroplan.recipients_text(v_plan);
end
$$;
