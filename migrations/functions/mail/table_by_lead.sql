-- The shareable table of a mail's iteration as a lead of the plan reads it: the addressee has no account that could be asked. Null
-- where the iteration or the plan is gone. p_options as api.show_table takes them.
create or replace function macroplan.table_by_lead(p_mail macroplan.mail_outbox, p_app text, p_options jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_lead text;
begin
  select principal into v_lead
  from macroplan.plan_members
  where plan_id = (p_mail).plan_id and role = 'lead' and not removed
  order by principal
  limit 1;
  return api.show_table(
    case split_part(v_lead, ':', 1)
      when 'group' then jsonb_build_object('user_key', '', 'groups', jsonb_build_array(substr(v_lead, 7)))
      else jsonb_build_object('user_key', substr(v_lead, 6))
    end,
    (p_mail).plan_id::text, (p_mail).body ->> 'iteration_id', 'mail',
    p_options || jsonb_build_object('link', macroplan.app_url(p_app, 'macroplan-plan=' || (p_mail).plan_id))
  );
exception
  when sqlstate 'MP404' then return null;
end
$$;
