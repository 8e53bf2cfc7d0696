-- One live row in wire form; null where there is none.
create or replace function macroplan.live_row(p_plan uuid, p_table text, p_id uuid)
returns jsonb
language plpgsql
stable
as $$
declare
  v_row jsonb := macroplan.read_row(p_plan, p_table, p_id);
begin
  return case when not (v_row ->> 'removed')::boolean then v_row end;
end
$$;
