-- "chapter 4.2", "schedule of chapter 4.2 in RUN1"; the twin of describeRow in src/store/words.ts.
create or replace function macroplan.describe_row(p_plan uuid, p_table text, p_row jsonb)
returns text
language sql
stable
as $$
  select case p_table
    when 'chapter_schedules' then format(
      'schedule of chapter %s in %s',
      macroplan.code_of(p_plan, 'chapters', p_row ->> 'chapter_id'),
      macroplan.code_of(p_plan, 'iterations', p_row ->> 'iteration_id')
    )
    when 'dependencies' then format(
      'dependency of %s on %s',
      macroplan.code_of(p_plan, 'chapters', p_row ->> 'successor_id'),
      macroplan.code_of(p_plan, 'chapters', p_row ->> 'predecessor_id')
    )
    when 'plan_members' then format('member %s', p_row ->> 'principal')
    when 'baselines' then format('baseline %s', p_row ->> 'name')
    when 'no_start_windows' then format('no-start window %s', p_row ->> 'name')
    when 'conflicts' then format('conflict %s', p_row ->> 'label')
    else format('%s %s', macroplan.noun(p_table), p_row ->> 'code')
  end
$$;
