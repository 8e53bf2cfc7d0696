-- What became of a mail that api.claim_mail gave: sent where p_error is null, else tried again later, and parked after the
-- last attempt. A job that took too long may still say "sent", since then it is; but its failure counts for nothing where
-- somebody else has the mail by now. Answers the mail's state, null where there is no such mail.
create or replace function api.settle_mail(p_plan uuid, p_id uuid, p_attempt int, p_error text)
returns text
language sql
security definer
set search_path = macroplan, pg_temp
as $$
  update macroplan.mail_outbox as m
  set state = case
      when p_error is null then 'sent'
      when m.attempts >= macroplan.mail_attempts_max() then 'parked'
      else 'due'
    end,
    leased_until = null,
    sent_at = case when p_error is null then now() end,
    last_error = coalesce(left(p_error, 500), m.last_error),
    -- One minute, two, four, … up to six hours.
    due_at = now() + least(make_interval(mins => (2 ^ (m.attempts - 1))::int), interval '6 hours')
  where m.plan_id = p_plan
    and m.id = p_id
    and m.state <> 'sent'
    and (p_error is null or (m.state = 'due' and m.attempts = p_attempt));
  select state
  from macroplan.mail_outbox
  where plan_id = p_plan and id = p_id
$$;
