-- What vouches for a plan's lines of form 0 once a name was erased from them: sha256 over, for each of them, oldest first, the hash
-- before it (nothing before the first line), its own, and the sha256 of its text without names. So what is before such a line hangs on the
-- seal too. An erasure's own line carries it, and the chain covers that line.
create or replace function macroplan.seal_of(p_plan uuid)
returns text
language sql
stable
as $$
  select encode(sha256(coalesce(string_agg(
    coalesce(line.previous, '') || line.hash || sha256(convert_to(macroplan.event_text(line.event), 'UTF8')),
    ''::bytea order by line.rev, line.n
  ), '')), 'hex')
  from (
    select e.rev, e.n, e.hash, e.form, lag(e.hash) over (order by e.rev, e.n) as previous, e as event
    from macroplan.event_log as e
    where e.plan_id = p_plan
  ) as line
  where line.form = 0
$$;
