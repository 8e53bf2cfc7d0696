-- Mails are decided in the transaction that makes them due and sent later.

create table macroplan.mail_recipients (
  plan_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event text not null,
  email text not null,
  primary key (plan_id, id),
  constraint mail_recipient_is_named_once unique (plan_id, event, email)
);

create table macroplan.mail_outbox (
  plan_id uuid not null,
  id uuid not null default gen_random_uuid(),
  -- A pure function of what the mail says and to whom, so that a resent edit makes no second mail.
  dedupe_key text not null,
  recipient text not null,
  subject text not null,
  body jsonb not null,
  state text not null default 'due',
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  last_error text,
  sent_at timestamptz,
  primary key (plan_id, id),
  constraint mail_is_made_once unique (plan_id, dedupe_key),
  constraint mail_state_is_known check (state in ('due', 'sent', 'parked'))
);
create index mail_outbox_by_due on macroplan.mail_outbox (due_at) where state = 'due';
