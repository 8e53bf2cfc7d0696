-- Whose name an operator erased (docs/decisions/0027): from then on they are nobody by name, whatever the platform calls them.
create table macroplan.erasures (
  id uuid primary key default gen_random_uuid(),
  user_key text not null,
  at timestamptz(3) not null default clock_timestamp(),
  -- The role of the database that did it.
  by_role text not null default session_user,
  -- From then on the person has a name again; what was erased stays so.
  revoked_at timestamptz(3),
  revoked_by text
);
create unique index person_is_erased_once on macroplan.erasures (user_key) where revoked_at is null;

-- `form`: what a line's hash covers (functions/log/event_hash.sql). 2: no names; null: all of it, as builds before this wrote it; 0: it
-- was null, and a name was erased, so that only a later `erasure` vouches for the rest. Nullable, since functions of the build before
-- go on until they are replaced.
-- `erasure`: {user_key, by, lines, seal}, in the line that an erasure leaves in the log of each plan.
alter table macroplan.event_log
add column form smallint,
add column erasure jsonb,
add constraint event_form_is_known check (form in (0, 2));

-- Not null while the edit is an erasure.
alter table macroplan.open_edits add column erasure jsonb;
