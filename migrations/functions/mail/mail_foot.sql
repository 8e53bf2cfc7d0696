-- The end of a mail: why it came, and how it stops coming, event by event. p_app as api.claim_mail takes it.
create or replace function macroplan.mail_foot(p_mail macroplan.mail_outbox, p_app text)
returns text
language sql
as $$
  select format(
    '<p style="margin:16px 0 0 0;color:#505258;font-size:12px">This mail went to %s. Stop such mails: %s.</p>',
    macroplan.escape_html((p_mail).recipient),
    string_agg(
      format(
        '<a href="%s">%s</a>',
        macroplan.escape_html(
          macroplan.stop_url((p_mail).plan_id, (p_mail).recipient, p_app, jsonb_build_array(e.event))
        ),
        e.title
      ),
      ', ' order by e.place
    )
  )
  from macroplan.mail_events() as e
  where e.event in (select jsonb_array_elements_text((p_mail).body -> 'events'))
$$;
