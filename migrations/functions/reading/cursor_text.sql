-- How far a replica has read, opaque to it: epoch.rev.hash.shape.access. Each part names one way in which a replica can
-- be beyond a delta's help (functions/reading/reset_reason.sql).
create or replace function macroplan.cursor_text(p_meta macroplan.meta, p_rev bigint, p_hash bytea, p_role text)
returns text
language sql
stable
parallel safe
as $$
  select concat_ws(
    '.', left((p_meta).epoch::text, 8), p_rev, left(coalesce(encode(p_hash, 'hex'), '00000000'), 8),
    's' || (p_meta).shape, left(p_role, 1)
  )
$$;
