-- The id of a mail, of which its Message-ID is made: the same whenever the same mail is made, so that a mail program drops the
-- second one after a restore.
create or replace function macroplan.mail_id(p_plan uuid, p_dedupe_key text)
returns uuid
language sql
immutable
parallel safe
as $$
  select md5(p_plan || ' ' || p_dedupe_key)::uuid
$$;
