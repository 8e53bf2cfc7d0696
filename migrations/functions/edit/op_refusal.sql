-- A refusal as a receipt carries it, about the row that an op names.
create or replace function macroplan.op_refusal(p_op jsonb, p_code text, p_message text, p_field text default null)
returns jsonb
language sql
immutable
as $$
  select jsonb_build_object(
    'code', p_code,
    'message', p_message,
    'table', case p_op ->> 'op'
      when 'resolve' then '"conflicts"'::jsonb
      when 'send' then '"iterations"'::jsonb
      else coalesce(case when jsonb_typeof(p_op -> 'table') = 'string' then p_op -> 'table' end, 'null')
    end,
    'id', coalesce(
      (
        select id
        from (select case p_op ->> 'op' when 'send' then p_op -> 'iteration_id' else p_op -> 'id' end) as named (id)
        where jsonb_typeof(id) = 'string'
      ),
      'null'
    ),
    'field', p_field
  )
$$;
