-- The newest status report of the same iteration that went to the same address: the rev that it showed, and when it went. Nulls
-- where none did.
create or replace function macroplan.report_before(p_mail macroplan.mail_outbox, out rev bigint, out sent_at timestamptz)
language sql
stable
as $$
  select (m.body ->> 'rev')::bigint, m.sent_at
  from macroplan.mail_outbox as m
  where m.plan_id = (p_mail).plan_id
    and m.recipient = (p_mail).recipient
    and m.state = 'sent'
    and m.body ->> 'kind' = 'report'
    and m.body ->> 'iteration_id' = (p_mail).body ->> 'iteration_id'
    and m.body ? 'rev'
  order by (m.body ->> 'rev')::bigint desc
  limit 1
$$;
