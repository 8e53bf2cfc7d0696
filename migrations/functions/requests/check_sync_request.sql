-- Rejects a sync request in which an edit could not even get its receipt. What is wrong inside an edit is the edit's
-- refusal (functions/requests/check_edit.sql), so that one bad edit never holds up the others.
create or replace function macroplan.check_sync_request(p_body jsonb)
returns void
language plpgsql
stable
as $$
declare
  v_limits jsonb := (select limits from macroplan.meta);
  v_edits jsonb := coalesce(p_body -> 'edits', '[]');
  v_ids int;
  v_is_rising boolean;
begin
  if macroplan.uuid_or_null(p_body ->> 'client') is null then
    perform macroplan.reject(400, 'bad_request', 'The request names no client id.');
  end if;
  if jsonb_typeof(coalesce(p_body -> 'cursor', 'null')) not in ('string', 'null') then
    perform macroplan.reject(400, 'bad_request', 'The cursor must be text.');
  end if;
  if jsonb_typeof(v_edits) <> 'array' then
    perform macroplan.reject(400, 'bad_request', 'The edits must be a list.');
  end if;
  if jsonb_array_length(v_edits) > (v_limits ->> 'edits_per_request')::int then
    perform macroplan.reject(413, 'too_large', 'The request holds too many edits; send fewer at a time.');
  end if;
  if exists (
    select from jsonb_array_elements(v_edits) as edit
    where case
      when jsonb_typeof(edit -> 'ops') = 'array'
      then jsonb_array_length(edit -> 'ops') > (v_limits ->> 'ops_per_edit')::int
    end
  ) then
    perform macroplan.reject(413, 'too_large', 'An edit holds too many steps.');
  end if;
  if exists (
    select from jsonb_array_elements(v_edits) as edit
    where macroplan.uuid_or_null(edit ->> 'id') is null
      or not macroplan.is_integer(edit -> 'seq', 1, 9007199254740991)
  ) then
    perform macroplan.reject(400, 'bad_request', 'An edit has no id or no sequence number.');
  end if;
  if jsonb_array_length(v_edits) < 2 then
    return;
  end if;
  select count(distinct id), coalesce(bool_and(seq > before), true) into v_ids, v_is_rising
  from (
    select edit ->> 'id' as id, (edit -> 'seq')::bigint as seq,
      lag((edit -> 'seq')::bigint, 1, 0::bigint) over (order by place) as before
    from jsonb_array_elements(v_edits) with ordinality as e (edit, place)
  ) as listed;
  if v_ids < jsonb_array_length(v_edits) or not v_is_rising then
    perform macroplan.reject(400, 'bad_request', 'The edits must be in the order of their sequence numbers, each once.');
  end if;
end
$$;
