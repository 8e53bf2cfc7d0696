-- A field that is set when a row is made cannot change after. Returns a stop or null.
create or replace function macroplan.fixed_stop(p_op jsonb, p_row jsonb)
returns jsonb
language sql
stable
as $$
  select macroplan.stop(
    p_op,
    'bad_value',
    format(
      'The %s is set when a %s is made, and never changes.',
      macroplan.field_words(f.field), macroplan.noun(f.table_name)
    ),
    f.field
  )
  from macroplan.fields as f
  cross join lateral (
    select case p_op ->> 'op' when 'insert' then p_op -> 'row' when 'set' then p_op -> 'set' end as wants
  ) as op
  where f.table_name = p_op ->> 'table'
    and f.is_fixed
    and op.wants ? f.field
    and op.wants -> f.field <> p_row -> f.field
  order by f.position
  limit 1
$$;
