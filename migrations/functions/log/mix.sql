-- A row's part of its plan's row_sum: 32 well mixed bits of the end of its id and its rev (the browser has the twin).
-- The multipliers stay below 2^31 so that no product leaves bigint.
create or replace function macroplan.mix(p_id uuid, p_rev bigint)
returns bigint
language plpgsql
immutable
parallel safe
as $$
declare
  x bigint := (('x' || right(p_id::text, 8))::bit(32)::bigint # p_rev) & 4294967295;
begin
  x := ((x # (x >> 16)) * 1597334677) & 4294967295;
  x := ((x # (x >> 15)) * 1779033703) & 4294967295;
  return x # (x >> 16);
end
$$;
