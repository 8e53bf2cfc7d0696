-- When mails to an address wait (docs/decisions/0028): rows that a lead made. One that was taken away stays, as recipients do.
create table macroplan.mail_quiet_hours (
  plan_id uuid not null,
  id uuid not null,
  -- In lower case.
  email text not null,
  -- Minutes after midnight by the clocks of `zone`, every day; an end before its start is on the next day.
  quiet_from smallint not null,
  quiet_to smallint not null,
  zone text not null,
  added_by text not null,
  added_by_name text not null,
  added_at timestamptz(3) not null,
  removed_by text,
  removed_by_name text,
  removed_at timestamptz(3),
  primary key (plan_id, id),
  constraint quiet_hours_are_of_a_day check (quiet_from between 0 and 1439 and quiet_to between 0 and 1439),
  constraint quiet_hours_end check (quiet_from <> quiet_to)
);
create unique index address_is_quiet_once on macroplan.mail_quiet_hours (plan_id, email) where removed_at is null;

-- What an address is still to be told of notices that were gathered: each goes from here into one mail, or into none.
create table macroplan.mail_held (
  plan_id uuid not null,
  email text not null,
  key uuid not null,
  held_at timestamptz(3) not null,
  primary key (plan_id, email, key),
  constraint held_notice_is_there foreign key (plan_id, key) references macroplan.mail_notices (plan_id, key)
  on delete cascade deferrable initially deferred
);
create index mail_held_by_notice on macroplan.mail_held (plan_id, key);
