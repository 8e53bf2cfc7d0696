-- The other way round: fields in wire form, with integers of instants and milliseconds turned into text that
-- jsonb_populate_record understands.
create or replace function macroplan.stored(p_table text, p_fields jsonb)
returns jsonb
language sql
stable
parallel safe
as $$
  select p_fields || coalesce(
    (
      select jsonb_object_agg(
        f.field,
        to_timestamp((p_fields ->> f.field)::numeric * case f.type when 'instant' then 60 else 0.001 end)
      )
      from macroplan.fields as f
      where f.table_name = p_table
        and f.type in ('instant', 'milliseconds')
        and jsonb_typeof(p_fields -> f.field) = 'number'
    ),
    '{}'
  )
$$;
