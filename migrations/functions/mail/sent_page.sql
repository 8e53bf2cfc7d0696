-- What a mail of kind `table` shows: the macro-plan as it is when it is sent, after the note of who sent it. Null where the
-- iteration or the plan is gone. It is read as a lead of the plan reads it: the addressee has no account that could be asked.
create or replace function macroplan.sent_page(p_mail macroplan.mail_outbox, p_app text)
returns text
language plpgsql
stable
as $$
declare
  v_lead text;
  v_sender text := macroplan.person_name((p_mail).plan_id, (p_mail).body ->> 'sent_by');
  v_page text;
  v_note text := coalesce((p_mail).body ->> 'note', '');
begin
  select principal into v_lead
  from macroplan.plan_members
  where plan_id = (p_mail).plan_id and role = 'lead' and not removed
  order by principal
  limit 1;
  v_page := api.show_table(
    case split_part(v_lead, ':', 1)
      when 'group' then jsonb_build_object('user_key', '', 'groups', jsonb_build_array(substr(v_lead, 7)))
      else jsonb_build_object('user_key', substr(v_lead, 6))
    end,
    (p_mail).plan_id::text, (p_mail).body ->> 'iteration_id', 'mail',
    jsonb_build_object('link', macroplan.app_url(p_app, 'macroplan-plan=' || (p_mail).plan_id), 'by', v_sender)
  );
  if v_note = '' then
    return v_page;
  end if;
  return regexp_replace(
    v_page, '(<body[^>]*>)',
    '\1<p>' || replace(replace(macroplan.escape_html(v_note), '\', '\\'), E'\n', '<br>') || '</p>'
  );
exception
  when sqlstate 'MP404' then return null;
end
$$;
