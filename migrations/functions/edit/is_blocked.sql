-- Whether an op is about a row that waits for a conflict, or refers to one. The keys of p_blocked are ids of such rows.
create or replace function macroplan.is_blocked(p_op jsonb, p_blocked jsonb)
returns boolean
language sql
immutable
as $$
  select p_blocked <> '{}' and (
    p_blocked ? (p_op ->> 'id')
    or exists (
      select
      from jsonb_each_text(case p_op ->> 'op' when 'insert' then p_op -> 'row' when 'set' then p_op -> 'set' else '{}' end)
      where p_blocked ? value
    )
  )
$$;
