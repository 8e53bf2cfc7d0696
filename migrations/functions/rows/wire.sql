-- A row in wire form: {id, rev, removed, …fields}. Tables with instants have an overload of their own.
create or replace function macroplan.wire(p_row anyelement)
returns jsonb
language sql
stable
parallel safe
as $$
  select to_jsonb(p_row) - 'plan_id'
$$;
