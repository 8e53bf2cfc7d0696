-- The place where a plan's lines of form 0 are not those that its last erasure vouched for, or no erasure did; no row where all is well.
create or replace function macroplan.broken_seal(p_plan uuid, out rev bigint, out n int)
returns setof record
language sql
stable
as $$
  with marked as (
    select e.rev, e.n, e.erasure ->> 'seal' as seal
    from macroplan.event_log as e
    where e.plan_id = p_plan and (e.form = 0 or e.erasure is not null)
  )
  select m.rev, m.n
  from marked as m
  where (select last.seal from marked as last where last.seal is not null order by last.rev desc, last.n desc limit 1)
    is distinct from (select macroplan.seal_of(p_plan))
  order by m.rev, m.n
  limit 1
$$;
