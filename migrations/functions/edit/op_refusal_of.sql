-- A problem of a field, as the refusal of the op that carries it; null stays null.
create or replace function macroplan.op_refusal_of(p_op jsonb, p_problem jsonb)
returns jsonb
language sql
immutable
as $$
  select macroplan.op_refusal(p_op, p_problem ->> 'code', p_problem ->> 'message', p_problem ->> 'field')
  where p_problem is not null
$$;
