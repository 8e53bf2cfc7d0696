-- `planned_start` → "planned start", `phase_id` → "phase"; the twin of fieldWords in src/store/words.ts.
create or replace function macroplan.field_words(p_field text)
returns text
language sql
immutable
parallel safe
as $$
  select replace(regexp_replace(p_field, '_id$', ''), '_', ' ')
$$;
