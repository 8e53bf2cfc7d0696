-- What a row of a table is called in a sentence; the twin of NOUNS in src/store/words.ts.
create or replace function macroplan.noun(p_table text)
returns text
language sql
immutable
parallel safe
as $$
  select case p_table
    when 'plan_members' then 'member'
    when 'dependencies' then 'dependency'
    when 'chapter_schedules' then 'schedule'
    when 'no_start_windows' then 'no-start window'
    else left(p_table, -1)
  end
$$;
