-- True for a baseline's times: chapter id → [start, end], in minutes.
create or replace function macroplan.is_times(p_value jsonb)
returns boolean
language sql
immutable
parallel safe
as $$
  select case
    when jsonb_typeof(p_value) <> 'object' then false
    else not exists (
      select
      from jsonb_each(p_value) as entry
      where not macroplan.is_uuid(entry.key)
        or not case
          when jsonb_typeof(entry.value) <> 'array' then false
          else jsonb_array_length(entry.value) = 2
            and macroplan.is_instant(entry.value -> 0)
            and macroplan.is_instant(entry.value -> 1)
        end
    )
  end
$$;
