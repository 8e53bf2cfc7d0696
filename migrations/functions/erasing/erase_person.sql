-- Erases a person's name everywhere but in what people typed, and for good: whatever the platform calls them later is not kept
-- (macroplan.unerase_person). Answers {plans, names}: the plans that had it, and what to look for in what people typed
-- (macroplan.find_text). Once more it changes nothing where nothing is. Locks all plans, so that no edit under way brings the name
-- back. For the owner; hosts have no door to it.
create or replace function macroplan.erase_person(p_user_key text)
returns jsonb
language plpgsql
as $$
declare
  v_names text[];
  v_plans uuid[];
  v_plan uuid;
begin
  if coalesce(p_user_key, '') in ('', 'system') then
    raise 'Say whose name: the key of a person.' using errcode = 'invalid_parameter_value';
  end if;
  perform from macroplan.plan_heads order by plan_id for update;
  v_names := macroplan.names_known(p_user_key);
  insert into macroplan.erasures (user_key) values (p_user_key) on conflict do nothing;
  select coalesce(array_agg(named.plan_id order by named.plan_id), '{}') into v_plans
  from (
    select plan_id
    from macroplan.event_log
    where (actor = p_user_key and actor_name <> macroplan.erased_name())
      or (
        table_name = 'conflicts'
        and coalesce(after, before) ->> 'author' = p_user_key
        and coalesce(after, before) ->> 'author_name' <> macroplan.erased_name()
      )
    union
    select plan_id from macroplan.conflicts where author = p_user_key and author_name <> macroplan.erased_name()
  ) as named;
  foreach v_plan in array v_plans loop
    perform macroplan.erase_from_plan(v_plan, p_user_key);
  end loop;
  perform macroplan.erase_from_mails(p_user_key);
  update macroplan.open_edits set actor_name = macroplan.erased_name() where actor = p_user_key;
  return jsonb_build_object('plans', v_plans, 'names', v_names);
end
$$;
