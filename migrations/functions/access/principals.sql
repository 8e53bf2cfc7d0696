-- The names under which a plan may know who is asking.
create or replace function macroplan.principals(p_who jsonb)
returns text[]
language sql
immutable
parallel safe
as $$
  select array_agg('group:' || name) || ('user:' || (p_who ->> 'user_key'))
  from jsonb_array_elements_text(coalesce(p_who -> 'groups', '[]')) as name
$$;
