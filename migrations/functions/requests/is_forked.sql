-- True if a device's state was copied or lost: it sends an edit that we do not know under a number that it used before,
-- or its id belongs to somebody else.
create or replace function macroplan.is_forked(p_plan uuid, p_author text, p_client uuid, p_edits jsonb)
returns boolean
language sql
stable
as $$
  select exists (
    select
    from macroplan.clients as c
    cross join jsonb_array_elements(p_edits) as edit
    where c.plan_id = p_plan
      and c.client_id = p_client
      and (c.author <> p_author or (edit -> 'seq')::bigint <= c.last_seq)
      and not exists (
        select
        from macroplan.receipts as r
        where r.plan_id = p_plan and r.edit_id = (edit ->> 'id')::uuid
      )
  )
$$;
