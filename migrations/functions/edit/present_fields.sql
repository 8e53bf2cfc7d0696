-- Of p_fields, those that p_names also has.
create or replace function macroplan.present_fields(p_names jsonb, p_fields jsonb)
returns jsonb
language sql
immutable
as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_fields) where p_names ? key
$$;
