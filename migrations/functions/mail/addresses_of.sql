-- To whom a notice goes: rows that leads made, never a guess. On trial nobody but the addresses for trials hears of anything.
-- Who did it themselves is told nothing, but for a conflict, which is for its authors.
create or replace function macroplan.addresses_of(p_notice macroplan.mail_notices)
returns setof text
language sql
stable
as $$
  select distinct found.email
  from macroplan.mail_recipients as r
  cross join lateral (
    select lower(r.email) as email where r.audience = 'address'
    union all
    select lower(t.email)
    from macroplan.teams as t
    where t.plan_id = r.plan_id
      and t.email is not null
      and not t.removed
      and t.id in (
        select r.team_id where r.audience = 'team'
        union all
        select c.team_id
        from macroplan.chapters as c
        where r.audience = 'owner' and c.plan_id = r.plan_id and c.id = (p_notice).chapter_id
        union all
        select c.team_id
        from macroplan.dependencies as d
        join macroplan.chapters as c on c.plan_id = d.plan_id and c.id = d.successor_id and not c.removed
        where r.audience = 'successors'
          and d.plan_id = r.plan_id
          and d.predecessor_id = (p_notice).chapter_id
          and not d.removed
      )
  ) as found
  where r.plan_id = (p_notice).plan_id
    and r.event = case (p_notice).mode when 'on' then (p_notice).event else 'test' end
    and r.removed_at is null
    -- A report is for those whose beat it is, and who were listed by then.
    and (r.event <> 'report' or ((p_notice).facts -> 'every' @> to_jsonb(r.every_hours) and r.added_at <= (p_notice).at))
    and not exists (
      select from macroplan.mail_stops as s where s.plan_id = r.plan_id and s.email = found.email and s.event = r.event
    )
    and case
      when r.user_key is null or r.event = 'test' then true
      when r.event = 'conflict' then (p_notice).facts -> 'people' ? r.user_key
      else r.user_key <> (p_notice).actor
    end
$$;
