-- Another live row of the plan that holds a code; null where there is none. A plan's own code is unique among all plans.
create or replace function macroplan.holder_of(p_plan uuid, p_table text, p_field text, p_value text, p_id uuid)
returns uuid
language plpgsql
stable
as $$
declare
  v_holder uuid;
begin
  execute format(
    'select id from macroplan.%I where %I = $1 and not removed and id <> $2 and (plan_id = $3 or $4) limit 1',
    p_table, p_field
  ) into v_holder using p_value, p_id, p_plan, p_table = 'plans';
  return v_holder;
end
$$;
