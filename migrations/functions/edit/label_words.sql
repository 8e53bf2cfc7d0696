-- The words of labels in wire form; none where there are none.
create or replace function macroplan.label_words(p_labels jsonb)
returns text[]
language sql
immutable
parallel safe
as $$
  select case when jsonb_typeof(p_labels) = 'string' then string_to_array(p_labels #>> '{}', ' ') else '{}' end
$$;
