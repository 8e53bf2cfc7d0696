-- How many of each, in one line: "BANK: 1 conflict, 12 chapters moved". p_what: [[event, what it is about], …].
create or replace function macroplan.digest_subject(p_plan uuid, p_what jsonb)
returns text
language sql
stable
as $$
  select macroplan.one_line(concat(
    (select code from macroplan.plans where plan_id = p_plan and id = p_plan), ': ',
    string_agg(
      many || ' ' || case event
        when 'conflict' then case many when 1 then 'conflict' else 'conflicts' end
        when 'gate_due' then case many when 1 then 'gate is due' else 'gates are due' end
        when 'gate_decided' then case many when 1 then 'gate decided' else 'gates decided' end
        when 'iteration' then case many when 1 then 'iteration opened or closed' else 'iterations opened or closed' end
        when 'progress' then case many when 1 then 'chapter reported' else 'chapters reported' end
        when 'moved' then case many when 1 then 'chapter moved' else 'chapters moved' end
      end,
      ', ' order by place
    )
  ))
  from (
    select e.event, e.place, count(distinct what ->> 1) as many
    from jsonb_array_elements(p_what) as what
    join macroplan.mail_events() as e on e.event = what ->> 0
    group by e.event, e.place
  ) as counted
$$;
