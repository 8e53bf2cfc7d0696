-- Why a field cannot hold a value: {code, field, message}, or null. The twin of checkValue in src/store/values.ts.
create or replace function macroplan.field_problem(p_field macroplan.fields, p_value jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_code text := 'bad_value';
  v_ending text;
  v_length_max int := case p_field.type
    when 'code' then 40
    when 'text' then 500
    when 'principal' then 500
    when 'long_text' then 10000
  end;
begin
  if p_value = 'null' then
    if not p_field.is_required then
      return null;
    end if;
    v_ending := 'must not be empty.';
  elsif jsonb_typeof(p_value) = 'string' and char_length(p_value #>> '{}') > v_length_max then
    v_code := 'too_long';
    v_ending := format('is longer than %s characters.', v_length_max);
  elsif p_field.type = 'instant' and macroplan.is_whole(p_value) and not macroplan.is_instant(p_value) then
    v_code := 'time_out_of_range';
    v_ending := 'must lie between the years 2000 and 2100.';
  elsif macroplan.is_good_value(p_field, p_value) then
    return null;
  else
    v_ending := 'must be ' || case p_field.type
      when 'code' then '1 to 40 characters on one line, without spaces at its ends.'
      when 'text' then '1 to 500 characters on one line, not blanks alone.'
      when 'long_text' then 'a text.'
      when 'labels' then '1 to 20 different words of 1 to 40 small letters, digits, - and _, sorted, with one blank between.'
      when 'instant' then 'a whole number of minutes.'
      when 'milliseconds' then 'a whole number of minutes.'
      when 'integer' then format('a whole number from %s to %s.', p_field.min_value, p_field.max_value)
      when 'boolean' then 'yes or no.'
      when 'zone' then 'the name of a time zone, such as Europe/Berlin.'
      when 'reference' then 'the id of a row.'
      when 'uuid' then 'the id of a row.'
      when 'choice' then format('one of %s.', array_to_string(p_field.choices, ', '))
      when 'email' then 'one mail address.'
      when 'principal' then 'user:KEY or group:NAME.'
      when 'json' then 'a start and an end for each chapter id.'
    end;
  end if;
  return jsonb_build_object(
    'code', v_code,
    'field', p_field.field,
    'message', format('The %s %s', macroplan.field_words(p_field.field), v_ending)
  );
end
$$;
