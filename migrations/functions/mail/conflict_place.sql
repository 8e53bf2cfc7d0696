-- Where a conflict lies, as far as one iteration can be named: that of the first schedule in dispute, and its chapter. One that
-- is about no schedule concerns every iteration that is still to come; then the most open of their modes counts.
create or replace function macroplan.conflict_place(
  p_conflict macroplan.conflicts,
  out mode text,
  out iteration_id uuid,
  out chapter_id uuid
)
language plpgsql
stable
as $$
begin
  select i.mail_mode, i.id, s.chapter_id into mode, iteration_id, chapter_id
  from jsonb_array_elements((p_conflict).items) with ordinality as items (item, position)
  join macroplan.chapter_schedules as s on s.plan_id = (p_conflict).plan_id and s.id = (item ->> 'id')::uuid
  join macroplan.iterations as i on i.plan_id = s.plan_id and i.id = s.iteration_id and not i.removed
  where item ->> 'table' = 'chapter_schedules'
  order by items.position
  limit 1;
  if not found then
    select coalesce(
      (array_agg(i.mail_mode order by array_position(array['on', 'test', 'off'], i.mail_mode)))[1], 'off'
    ) into mode
    from macroplan.iterations as i
    where i.plan_id = (p_conflict).plan_id and not i.removed and i.state not in ('done', 'cancelled');
  end if;
end
$$;
