-- The rev that the current edit took; null if it wrote nothing yet.
create or replace function macroplan.edit_rev(p_plan uuid)
returns bigint
language sql
stable
as $$
  select rev from macroplan.open_edits where plan_id = p_plan and xid = pg_current_xact_id_if_assigned()
$$;
