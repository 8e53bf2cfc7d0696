-- What a field of an iteration held at a moment, as text, by what the log says was changed since; null before it was made.
create or replace function macroplan.iteration_at(p_iteration macroplan.iterations, p_field text, p_at timestamptz)
returns text
language sql
stable
as $$
  select case when changed.rev is null then to_jsonb(p_iteration) ->> p_field else changed.before ->> p_field end
  from (select) as one
  left join lateral (
    select e.rev, e.before
    from macroplan.event_log as e
    where e.plan_id = (p_iteration).plan_id
      and e.row_id = (p_iteration).id
      and e.at > p_at
      and (e.op = 'insert' or e.before ? p_field)
    order by e.rev, e.n
    limit 1
  ) as changed on true
$$;
