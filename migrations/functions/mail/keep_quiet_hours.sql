-- The part of api.change_recipients that is about quiet hours; p_body is checked.
create or replace function macroplan.keep_quiet_hours(p_plan uuid, p_user_key text, p_name text, p_body jsonb)
returns void
language sql
as $$
  update macroplan.mail_quiet_hours as old
  set removed_at = clock_timestamp(),
    removed_by = p_user_key,
    removed_by_name = p_name
  where old.plan_id = p_plan
    and old.removed_at is null
    and (
      old.id in (select macroplan.uuid_or_null(gone) from jsonb_array_elements_text(coalesce(p_body -> 'remove', '[]')) as gone)
      or exists (
        select
        from jsonb_array_elements(coalesce(p_body -> 'quiet', '[]')) as q
        where lower(q ->> 'email') = old.email
          -- A late copy of a request takes no newer hours away.
          and not exists (
            select from macroplan.mail_quiet_hours as known where known.plan_id = p_plan and known.id = (q ->> 'id')::uuid
          )
      )
    );
  insert into macroplan.mail_quiet_hours (
    plan_id, id, email, quiet_from, quiet_to, zone, added_by, added_by_name, added_at
  )
  select p_plan, (q ->> 'id')::uuid, lower(q ->> 'email'), (q ->> 'quiet_from')::int, (q ->> 'quiet_to')::int, q ->> 'zone',
    p_user_key, p_name, clock_timestamp()
  from jsonb_array_elements(coalesce(p_body -> 'quiet', '[]')) as q
  on conflict do nothing
$$;
