-- The rev up to which a device had read, whatever reset its cursor needs; 0 where the cursor is of no history of ours.
create or replace function macroplan.rev_of(p_cursor text, p_reset text)
returns bigint
language sql
immutable
parallel safe
as $$
  select case when p_reset in ('none', 'epoch', 'ahead') then 0 else split_part(p_cursor, '.', 2)::bigint end
$$;
