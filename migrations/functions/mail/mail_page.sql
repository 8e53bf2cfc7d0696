-- What a mail shows, with its foot; null where that is gone. p_app as api.claim_mail takes it.
create or replace function macroplan.mail_page(p_mail macroplan.mail_outbox, p_app text)
returns text
language sql
as $$
  select replace(page, '</body>', coalesce(macroplan.mail_foot(p_mail, p_app), '') || '</body>')
  from (
    select case (p_mail).body ->> 'kind'
      when 'digest' then macroplan.digest_page(p_mail, p_app)
      when 'report' then macroplan.report_page(p_mail, p_app)
      else macroplan.sent_page(p_mail, p_app)
    end as page
  ) as made
$$;
