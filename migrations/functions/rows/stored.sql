-- The other way round: fields in wire form, with integers of instants and milliseconds turned into text that
-- jsonb_populate_record understands. Most edits have none.
create or replace function macroplan.stored(p_table text, p_fields jsonb)
returns jsonb
language plpgsql
stable
parallel safe
as $$
declare
  v_fields jsonb := p_fields;
  v_field record;
begin
  if not p_fields ?| macroplan.field_names(p_table, 'instant') then
    return p_fields;
  end if;
  for v_field in
    select f.field, case f.type when 'instant' then 60 else 0.001 end as seconds
    from macroplan.fields as f
    where f.table_name = p_table
      and f.type in ('instant', 'milliseconds')
      and jsonb_typeof(p_fields -> f.field) = 'number'
  loop
    v_fields := v_fields || jsonb_build_object(
      v_field.field, to_timestamp((p_fields ->> v_field.field)::numeric * v_field.seconds)
    );
  end loop;
  return v_fields;
end
$$;
