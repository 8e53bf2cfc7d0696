-- A closed plan takes nothing but a change of its state.
create or replace function macroplan.is_plan_closed_for(p_plan uuid, p_op jsonb)
returns boolean
language sql
stable
as $$
  select coalesce(
    (select state = 'closed' from macroplan.plans where plan_id = p_plan and id = p_plan)
    and not (
      p_op ->> 'op' = 'set'
      and p_op ->> 'table' = 'plans'
      and (p_op -> 'set') ? 'state'
      and (p_op -> 'set') - 'state' = '{}'
    ),
    false
  )
$$;
