-- All edits of a request, in order, under the plan's lock; answers the members of the reply that come before the delta.
create or replace function macroplan.take_edits(p_plan uuid, p_who jsonb, p_body jsonb)
returns text
language plpgsql
as $$
declare
  v_client uuid := p_body ->> 'client';
  v_edits jsonb := coalesce(p_body -> 'edits', '[]');
  v_author text := p_who ->> 'user_key';
  v_role text;
  v_since bigint := 0;
  v_opening text := '';
  v_edit jsonb;
  v_receipts text[] := '{}';
begin
  if jsonb_array_length(v_edits) > 0 then
    perform macroplan.lock_plan(p_plan);
    -- Again, now that nobody else can change it: whoever lost the plan while waiting here may neither change nor read it.
    v_role := (macroplan.find_plan(p_who, p_plan::text)).role;
    if macroplan.is_forked(p_plan, v_author, v_client, v_edits) then
      v_opening := '"forked":true,';
      v_edits := '[]';
    end if;
  end if;
  if jsonb_array_length(v_edits) > 0 then
    if coalesce(macroplan.reset_reason(p_plan, v_role, p_body ->> 'cursor'), 'far') not in ('none', 'epoch', 'ahead') then
      v_since := split_part(p_body ->> 'cursor', '.', 2);
    end if;
    for v_edit in select edit from jsonb_array_elements(v_edits) with ordinality as e (edit, place) order by place loop
      v_receipts := v_receipts || macroplan.take_edit(p_plan, p_who, v_client, v_edit, v_since);
    end loop;
    insert into macroplan.clients as c (plan_id, client_id, author, last_seq)
    values (p_plan, v_client, v_author, (v_edits -> -1 ->> 'seq')::bigint)
    on conflict (plan_id, client_id) do update
    set last_seq = greatest(c.last_seq, excluded.last_seq), seen_at = now();
  end if;
  return format(
    '%s"last_seq":%s,"receipts":[%s],', v_opening,
    coalesce(
      (
        select c.last_seq
        from macroplan.clients as c
        where c.plan_id = p_plan and c.client_id = v_client and c.author = v_author
      ),
      0
    ),
    array_to_string(v_receipts, ',')
  );
end
$$;
