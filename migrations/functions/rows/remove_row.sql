-- Leaves a tombstone; nothing happens where there is no live row. Needs macroplan.begin_edit.
create or replace function macroplan.remove_row(p_plan uuid, p_table text, p_id uuid)
returns void
language plpgsql
as $$
begin
  execute format(
    'update macroplan.%I set removed = true where plan_id = $1 and id = $2 and not removed', p_table
  ) using p_plan, p_id;
end
$$;
