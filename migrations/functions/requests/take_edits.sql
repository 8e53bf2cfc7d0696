-- All edits of a request, in order, under the plan's lock; answers the members of the reply that come before the delta.
-- p_since is the rev of the request's cursor, 0 if it had none.
create or replace function macroplan.take_edits(p_plan uuid, p_who jsonb, p_role text, p_body jsonb, p_since bigint)
returns text
language plpgsql
as $$
declare
  v_client uuid := p_body ->> 'client';
  v_edits jsonb := coalesce(p_body -> 'edits', '[]');
  v_author text := p_who ->> 'user_key';
  v_limits jsonb := (select limits from macroplan.meta);
  v_role text := p_role;
  v_opening text := '';
  v_edit jsonb;
  v_receipts text[] := '{}';
  v_last_seq bigint;
begin
  if v_edits <> '[]' and macroplan.is_forked(p_plan, v_author, v_client, v_edits) then
    v_opening := '"forked":true,';
    v_edits := '[]';
  end if;
  if v_edits = '[]' then
    select last_seq into v_last_seq
    from macroplan.clients
    where plan_id = p_plan and client_id = v_client and author = v_author;
  else
    for v_edit in select edit from jsonb_array_elements(v_edits) with ordinality as e (edit, place) order by place loop
      v_receipts := v_receipts || macroplan.take_edit(
        p_plan, p_who, v_role, v_client, v_edit, p_since, v_limits
      );
      if macroplan.changes_members(jsonb_build_array(v_edit)) then
        v_role := macroplan.role_of(p_plan, p_who);
      end if;
    end loop;
    insert into macroplan.clients as c (plan_id, client_id, author, last_seq)
    values (p_plan, v_client, v_author, (v_edits -> -1 -> 'seq')::bigint)
    on conflict (plan_id, client_id) do update
    set last_seq = greatest(c.last_seq, excluded.last_seq), seen_at = now()
    returning last_seq into v_last_seq;
  end if;
  return format(
    '%s"last_seq":%s,"receipts":[%s],', v_opening, coalesce(v_last_seq, 0), array_to_string(v_receipts, ',')
  );
end
$$;
