-- What a rev of the plan did that mails tell of: a line a row and event, with the mode of the iteration that it is in, and
-- none where that mail is off. An edit may write a row more than once: it counts from before the first to after the last. In
-- plpgsql, which keeps the plan: it runs in every edit of a plan whose mails go out.
create or replace function macroplan.notices_of(p_plan uuid, p_rev bigint)
returns table (row_id uuid, event text, mode text, iteration_id uuid, chapter_id uuid, facts jsonb)
language plpgsql
stable
as $$
#variable_conflict use_column
begin
  return query
  with changed as (
    select e.table_name, e.row_id, (array_agg(e.op order by e.n))[1] = 'insert' as is_new,
      -- The last of equal keys wins, so the first line's.
      jsonb_object_agg(was.key, was.value order by e.n desc) filter (where was.key is not null) as was
    from macroplan.event_log as e
    left join lateral jsonb_each(e.before) as was on true
    where e.plan_id = p_plan and e.rev = p_rev and e.table_name in ('chapter_schedules', 'iterations', 'conflicts')
    group by e.table_name, e.row_id
  )
  select changed.row_id, noted.event, i.mail_mode, i.id, s.chapter_id, noted.facts
  from changed
  join macroplan.chapter_schedules as s on s.plan_id = p_plan and s.id = changed.row_id
  join macroplan.iterations as i on i.plan_id = p_plan and i.id = s.iteration_id and not i.removed and i.mail_mode <> 'off'
  join macroplan.chapters as c on c.plan_id = p_plan and c.id = s.chapter_id
  cross join lateral (
    select
      case when not changed.is_new then jsonb_build_array(
        coalesce(changed.was -> 'planned_start', to_jsonb(macroplan.minutes(s.planned_start))),
        coalesce(changed.was -> 'planned_end', to_jsonb(macroplan.minutes(s.planned_end)))
      ) end as from_times,
      case when not s.removed then jsonb_build_array(
        macroplan.minutes(s.planned_start), macroplan.minutes(s.planned_end)
      ) end as to_times
  ) as times
  cross join lateral (
    select 'moved' as event, jsonb_build_object('from', times.from_times, 'to', times.to_times) as facts
    where i.state in ('frozen', 'live') and times.from_times is distinct from times.to_times
    union all
    select 'progress', jsonb_build_object('status', s.status, 'note', s.note)
    where i.state = 'live'
      and not s.removed
      and s.status in ('running', 'done', 'blocked')
      and not changed.is_new
      and changed.was ->> 'status' <> s.status
    union all
    select 'gate_decided', jsonb_build_object('decision', s.decision, 'note', s.note)
    where c.kind = 'gate'
      and i.state not in ('done', 'cancelled')
      and not s.removed
      and s.decision is not null
      and not changed.is_new
      and changed.was ? 'decision'
      and changed.was ->> 'decision' is distinct from s.decision
  ) as noted
  where changed.table_name = 'chapter_schedules'
  union all
  select changed.row_id, 'iteration', i.mail_mode, i.id, null, jsonb_build_object('from', changed.was -> 'state', 'to', i.state)
  from changed
  join macroplan.iterations as i on i.plan_id = p_plan and i.id = changed.row_id and not i.removed and i.mail_mode <> 'off'
  where changed.table_name = 'iterations' and not changed.is_new and changed.was ->> 'state' <> i.state
  union all
  select changed.row_id, 'conflict', place.mode, place.iteration_id, place.chapter_id, jsonb_build_object(
    'label', f.label,
    'conflict', f.id,
    'people', (
      select jsonb_agg(distinct person)
      from (
        select f.author as person
        union all
        select item ->> 'theirs_by' from jsonb_array_elements(f.items) as item where item ->> 'theirs_by' is not null
      ) as people
    )
  )
  from changed
  join macroplan.conflicts as f on f.plan_id = p_plan and f.id = changed.row_id and f.state = 'open'
  cross join lateral macroplan.conflict_place(f) as place
  where changed.table_name = 'conflicts' and changed.is_new and place.mode <> 'off';
end
$$;
