-- Whole minutes between the years 2000 and 2100: INSTANT_MIN and INSTANT_MAX of src/store/schema.ts.
create or replace function macroplan.is_instant(p_value jsonb)
returns boolean
language sql
immutable
parallel safe
as $$
  select case
    when macroplan.is_whole(p_value) then p_value::text::bigint between 15778080 and 68374080
    else false
  end
$$;
