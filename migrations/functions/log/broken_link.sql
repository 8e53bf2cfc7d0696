-- The first line of a plan's log that does not follow from the one before it; no row where the log is whole. Lines cut
-- off at the end show in the plan's head; lines of form 0 are followed, and held against the seal of the last erasure.
create or replace function macroplan.broken_link(p_plan uuid, out rev bigint, out n int, out reason text)
language sql
stable
as $$
  with chain as (
    select e.rev, e.n,
      e.form is distinct from 0 and e.hash <> macroplan.event_hash(lag(e.hash) over in_order, e) as is_altered,
      (e.rev, e.n) not in (
        (lag(e.rev) over in_order, lag(e.n) over in_order + 1),
        (coalesce(lag(e.rev) over in_order, 0) + 1, 1)
      ) as is_after_a_gap
    from macroplan.event_log as e
    where e.plan_id = p_plan
    window in_order as (order by e.rev, e.n)
  ),
  broken as (
    select c.rev, c.n, case when c.is_after_a_gap then 'lines before this one are missing' else 'altered' end as reason
    from chain as c
    where c.is_altered or c.is_after_a_gap is distinct from false
    union all
    select head.rev, null, 'the last lines are missing'
    from macroplan.plan_heads as head
    where head.plan_id = p_plan and head.rev <> coalesce((select max(c.rev) from chain as c), 0)
    union all
    select seal.rev, seal.n, 'lines whose names were erased are not those that were there then'
    from macroplan.broken_seal(p_plan) as seal
  )
  select b.rev, b.n, b.reason
  from broken as b
  order by b.rev, b.n
  limit 1
$$;
