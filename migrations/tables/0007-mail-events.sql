-- Who gets mails of which event: rows that a lead made (docs/decisions/0025). One that was taken away stays, so that the rows
-- themselves say who changed what and when. Addresses are kept in lower case.
alter table macroplan.mail_recipients
drop constraint mail_recipient_is_named_once,
alter column email drop not null,
-- `address`: whoever reads `email`; `team`: the address of `team_id`; `owner`, `successors`: the addresses of the team of the
-- chapter that it is about, and of the teams of the chapters that wait for that one.
add column audience text not null default 'address',
add column team_id uuid,
-- Whose address it is, where a lead said so: they get no mail about what they did themselves, and only their own conflicts.
add column user_key text,
add column added_by text not null default '',
add column added_by_name text not null default '',
add column added_at timestamptz(3) not null default now(),
add column removed_by text,
add column removed_by_name text,
add column removed_at timestamptz(3),
add constraint mail_recipient_audience_is_known check (audience in ('address', 'team', 'owner', 'successors')),
add constraint mail_recipient_names_what_its_audience_says check (
  (email is not null) = (audience = 'address') and (team_id is not null) = (audience = 'team')
);
create unique index mail_recipient_is_named_once on macroplan.mail_recipients (
  event, audience, plan_id, coalesce(email, team_id::text, '')
) where removed_at is null;

-- What happened that somebody wants to hear of, decided in the transaction of the edit; gathered into mails a little later.
create table macroplan.mail_notices (
  plan_id uuid not null,
  -- A pure function of edit, row and event, so that an edit that comes again after a restore says the same.
  key uuid not null,
  event text not null,
  -- Of the iteration, when it happened.
  mode text not null,
  iteration_id uuid,
  chapter_id uuid,
  rev bigint not null,
  at timestamptz(3) not null,
  actor text not null,
  actor_name text not null,
  facts jsonb not null,
  gathered_at timestamptz(3),
  primary key (plan_id, key),
  constraint mail_notice_mode_is_known check (mode in ('test', 'on'))
);
create index mail_notices_waiting on macroplan.mail_notices (at) where gathered_at is null;

-- The token in the links by which an addressee stops mails: whoever has it may, and nobody can guess it.
create table macroplan.mail_addressees (
  plan_id uuid not null,
  email text not null,
  token uuid not null default gen_random_uuid(),
  primary key (plan_id, email),
  constraint mail_token_is_one_addressee unique (token)
);

-- What an addressee asked to get no more.
create table macroplan.mail_stops (
  plan_id uuid not null,
  email text not null,
  event text not null,
  at timestamptz(3) not null default now(),
  primary key (plan_id, email, event)
);
