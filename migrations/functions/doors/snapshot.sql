-- GET /snapshot: the manifest of a stored snapshot, made now where the last one is too old.
create or replace function api.snapshot(p_who jsonb, p_plan text)
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_id uuid;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  v_id := coalesce(macroplan.find_snapshot(v_plan.plan_id), macroplan.make_snapshot(v_plan.plan_id));
  return (
    select format(
      '{"snapshot":%s,"cursor":%s,"rev":%s,"parts":[%s]}',
      to_json(s.id),
      to_json(macroplan.cursor_text(meta, s.rev, macroplan.hash_at(s.plan_id, s.rev), v_plan.role)),
      s.rev,
      (
        select string_agg(
          format(
            '{"part":%s,"rows":%s,"bytes":%s,"sha256":"%s"}',
            p.part, p.row_count, octet_length(p.body), encode(p.sha256, 'hex')
          ),
          ',' order by p.part
        )
        from macroplan.snapshot_parts as p
        where p.snapshot_id = s.id
      )
    )
    from macroplan.snapshots as s
    cross join macroplan.meta
    where s.id = v_id
  );
end
$$;
