-- For the hosts' mail jobs: one mail that is due, for this asker alone until the lease ends; null where none is. Any number of
-- jobs may ask at once. Whoever was given it settles it (api.settle_mail); whoever dies with it loses it to another when the
-- lease ends, so a mail may go out twice, under one `message_id`, and never not at all. Notices that waited for long enough
-- become mails first. p_app: URL of the host's standalone page; `unsubscribe` is an address of it, for the header of that name.
create or replace function api.claim_mail(p_lease_seconds int, p_app text)
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_mail macroplan.mail_outbox;
  v_page text;
begin
  if p_lease_seconds is null or p_lease_seconds not between 30 and 3600 then
    perform macroplan.reject(400, 'bad_request', 'A lease must be between 30 and 3600 seconds.');
  end if;
  perform macroplan.gather_mails(macroplan.mail_window());
  loop
    update macroplan.mail_outbox as m
    set attempts = m.attempts + 1,
      leased_until = now() + make_interval(secs => p_lease_seconds),
      due_at = now() + make_interval(secs => p_lease_seconds),
      -- What a report shows, so that the next one tells what changed after it.
      body = case m.body ->> 'kind'
        when 'report' then m.body || jsonb_build_object(
          'rev', (select rev from macroplan.plan_heads where plan_id = m.plan_id)
        )
        else m.body
      end
    where (m.plan_id, m.id) = (
      select due.plan_id, due.id
      from macroplan.mail_outbox as due
      where due.state = 'due' and due.due_at <= now()
      order by due.due_at
      limit 1
      for update skip locked
    )
    returning * into v_mail;
    if v_mail.id is null then
      return null;
    end if;
    v_page := macroplan.mail_page(v_mail, p_app);
    if v_mail.attempts <= macroplan.mail_attempts_max() and v_page is not null then
      return json_build_object(
        'plan', v_mail.plan_id,
        'id', v_mail.id,
        'attempt', v_mail.attempts,
        'to', v_mail.recipient,
        'subject', macroplan.mail_subject(v_mail),
        'html', v_page,
        'text', macroplan.mail_plain(v_mail, p_app),
        'unsubscribe', macroplan.stop_url(
          v_mail.plan_id, v_mail.recipient, p_app, coalesce(v_mail.body -> 'events', '["sent"]')
        ),
        'message_id', format('<%s.%s@macroplan.invalid>', v_mail.id, v_mail.plan_id)
      );
    end if;
    update macroplan.mail_outbox as m
    set state = 'parked',
      leased_until = null,
      last_error = case
        when v_page is null then 'What this mail would show is gone from the plan.'
        else coalesce(m.last_error, 'Every job that took this mail ended before it said what became of it.')
      end
    where m.plan_id = v_mail.plan_id and m.id = v_mail.id;
  end loop;
end
$$;
