-- Whether a value that is not null suits its field; the twin of isGood in src/store/values.ts.
create or replace function macroplan.is_good_value(p_field macroplan.fields, p_value jsonb)
returns boolean
language plpgsql
stable
as $$
declare
  v_is_string boolean := jsonb_typeof(p_value) = 'string';
  v_text text := p_value #>> '{}';
begin
  return case p_field.type
    when 'code' then v_is_string and macroplan.is_line(v_text) and not macroplan.is_padded(v_text)
    when 'text' then v_is_string and macroplan.is_line(v_text)
    when 'long_text' then v_is_string
    when 'labels' then v_is_string and macroplan.is_labels(v_text)
    when 'instant' then macroplan.is_whole(p_value)
    when 'milliseconds' then macroplan.is_whole(p_value)
    when 'integer' then
      case when macroplan.is_whole(p_value) then v_text::bigint between p_field.min_value and p_field.max_value else false end
    when 'boolean' then jsonb_typeof(p_value) = 'boolean'
    when 'zone' then v_is_string and macroplan.is_zone(v_text)
    when 'reference' then v_is_string and macroplan.is_uuid(v_text)
    when 'uuid' then v_is_string and macroplan.is_uuid(v_text)
    when 'choice' then v_is_string and v_text = any (p_field.choices)
    when 'email' then v_is_string and macroplan.is_address(v_text)
    when 'principal' then v_is_string and macroplan.is_line(v_text) and not macroplan.is_padded(v_text) and v_text ~ '^(user|group):[^ ]'
    when 'json' then macroplan.is_times(p_value)
  end;
end
$$;
