-- Whether a list of edits may change who has which role.
create or replace function macroplan.changes_members(p_edits jsonb)
returns boolean
language sql
immutable
parallel safe
as $$
  select coalesce(p_edits @? '$[*].ops[*] ? (@.table == "plan_members")', false)
$$;
