-- The names under which a person is known anywhere, whichever they had when.
create or replace function macroplan.names_known(p_user_key text)
returns text[]
language sql
stable
as $$
  select coalesce(array_agg(distinct known.name), '{}')
  from (
    select actor_name as name from macroplan.event_log where actor = p_user_key
    union all
    select coalesce(after, before) ->> 'author_name'
    from macroplan.event_log
    where table_name = 'conflicts' and coalesce(after, before) ->> 'author' = p_user_key
    union all
    select author_name from macroplan.conflicts where author = p_user_key
    union all
    select actor_name from macroplan.mail_notices where actor = p_user_key
    union all
    select actor_name from macroplan.open_edits where actor = p_user_key
    union all
    select added_by_name from macroplan.mail_recipients where added_by = p_user_key
    union all
    select removed_by_name from macroplan.mail_recipients where removed_by = p_user_key
    union all
    select added_by_name from macroplan.mail_quiet_hours where added_by = p_user_key
    union all
    select removed_by_name from macroplan.mail_quiet_hours where removed_by = p_user_key
  ) as known
  where known.name not in (macroplan.erased_name(), '')
$$;
