-- The state and the mail mode that an iteration had at a moment, by what the log says was changed since; nulls before it was made.
create or replace function macroplan.iteration_at(
  p_iteration macroplan.iterations,
  p_at timestamptz,
  out state text,
  out mode text
)
language sql
stable
as $$
  select
    case when s.rev is null then (p_iteration).state else s.before ->> 'state' end,
    case when m.rev is null then (p_iteration).mail_mode else m.before ->> 'mail_mode' end
  from (select) as one
  left join lateral (
    select e.rev, e.before
    from macroplan.event_log as e
    where e.plan_id = (p_iteration).plan_id
      and e.row_id = (p_iteration).id
      and e.at > p_at
      and (e.op = 'insert' or e.before ? 'state')
    order by e.rev, e.n
    limit 1
  ) as s on true
  left join lateral (
    select e.rev, e.before
    from macroplan.event_log as e
    where e.plan_id = (p_iteration).plan_id
      and e.row_id = (p_iteration).id
      and e.at > p_at
      and (e.op = 'insert' or e.before ? 'mail_mode')
    order by e.rev, e.n
    limit 1
  ) as m on true
$$;
