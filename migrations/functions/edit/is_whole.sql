-- True for an integer that JavaScript holds exactly, written without fraction or exponent.
create or replace function macroplan.is_whole(p_value jsonb)
returns boolean
language sql
immutable
parallel safe
as $$
  select case
    when jsonb_typeof(p_value) = 'number' and p_value::text ~ '^-?[0-9]{1,16}$'
    then abs(p_value::text::bigint) <= 9007199254740991
    else false
  end
$$;
