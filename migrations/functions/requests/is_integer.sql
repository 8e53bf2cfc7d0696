-- True for a JSON number without a fraction between two bounds; false for anything else, also for none.
create or replace function macroplan.is_integer(p_value jsonb, p_min bigint, p_max bigint)
returns boolean
language sql
immutable
parallel safe
as $$
  select case
    when jsonb_typeof(p_value) = 'number'
    then p_value::numeric = trunc(p_value::numeric) and p_value::numeric between p_min and p_max
    else false
  end
$$;
