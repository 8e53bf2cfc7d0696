-- A status report: how many chapters stand where, the table for leadership, and each chapter that changed since the report before. Null
-- where the iteration or the plan is gone.
create or replace function macroplan.report_page(p_mail macroplan.mail_outbox, p_app text)
returns text
language sql
stable
as $$
  select replace(
    regexp_replace(page, '(<body[^>]*>)', '\1' || macroplan.report_summary(p_mail, before.sent_at)),
    '</body>',
    coalesce(macroplan.report_changes(p_mail, before.rev), '') || '</body>'
  )
  from macroplan.report_before(p_mail) as before
  cross join lateral macroplan.table_by_lead(
    p_mail, p_app, jsonb_build_object('variant', 'leadership', 'by', 'Macroplan', 'since', before.rev)
  ) as page
$$;
