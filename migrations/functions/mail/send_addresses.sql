-- To whom a macro-plan goes that a lead sends to p_to: to these and to those who are listed for it, or on trial to the addresses
-- for trials alone. `problem`: why the mail is not sent; null where it is.
create or replace function macroplan.send_addresses(p_plan uuid, p_mode text, p_to jsonb)
returns table (address text, place int, event text, problem text)
language sql
stable
as $$
  with listed as (
    select lower(case r.audience when 'team' then t.email else r.email end) as address, r.event
    from macroplan.mail_recipients as r
    left join macroplan.teams as t on t.plan_id = r.plan_id and t.id = r.team_id and not t.removed
    where r.plan_id = p_plan and r.event = case p_mode when 'test' then 'test' else 'sent' end and r.removed_at is null
  ),
  wanted as (
    select address, 1 as place, 'sent' as event, case
      when p_mode = 'test' then 'Mail of this iteration is on trial, and this plan has no address for trials.'
    end as problem
    from jsonb_array_elements_text(p_to) as address
    where p_mode = 'on' or not exists (select from listed)
    union all
    select address, 2, event, null from listed where address is not null
  )
  select w.address, w.place, w.event, coalesce(
    w.problem,
    (
      select 'This address asked for no more mails of this kind.'
      from macroplan.mail_stops as s
      where s.plan_id = p_plan and s.email = lower(w.address) and s.event = w.event
    )
  )
  from wanted as w
$$;
