-- What a mail of kind `table` shows: the macro-plan as it is when it is sent, after the note of who sent it. Null where the
-- iteration or the plan is gone.
create or replace function macroplan.sent_page(p_mail macroplan.mail_outbox, p_app text)
returns text
language sql
stable
as $$
  select case coalesce((p_mail).body ->> 'note', '')
    when '' then page
    else regexp_replace(
      page, '(<body[^>]*>)',
      '\1<p>' || replace(replace(macroplan.escape_html((p_mail).body ->> 'note'), '\', '\\'), E'\n', '<br>') || '</p>'
    )
  end
  from macroplan.table_by_lead(
    p_mail, p_app,
    jsonb_build_object('by', macroplan.person_name((p_mail).plan_id, (p_mail).body ->> 'sent_by'))
  ) as page
$$;
