-- A gesture's result may leave the years that a person can type. Returns a refusal or null.
create or replace function macroplan.range_problem(p_op jsonb, p_next jsonb)
returns jsonb
language sql
stable
as $$
  select macroplan.op_refusal(
    p_op,
    'time_out_of_range',
    format('The %s must lie between the years 2000 and 2100.', macroplan.field_words(field)),
    field
  )
  from unnest(array['planned_start', 'planned_end']) with ordinality as planned (field, position)
  where p_next ? field and not macroplan.is_instant(p_next -> field)
  order by position
  limit 1
$$;
