-- A lower-case uuid, or null for any other text.
create or replace function macroplan.uuid_or_null(p_text text)
returns uuid
language sql
immutable
parallel safe
as $$
  select case
    when p_text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then p_text::uuid
  end
$$;
