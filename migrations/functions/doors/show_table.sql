-- GET /table: the macro-plan of one iteration as a self-contained HTML page with one table, for a page or a mail.
create or replace function api.show_table(p_who jsonb, p_plan text, p_iteration text, p_for text)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_iteration macroplan.iterations;
  v_zone text;
  v_title text;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  if p_for is null or p_for not in ('page', 'mail') then
    perform macroplan.reject(400, 'bad_request', 'The table is made for "page" or for "mail".');
  end if;
  select * into v_iteration
  from macroplan.iterations as i
  where i.plan_id = v_plan.plan_id and i.id = macroplan.uuid_or_null(p_iteration) and not i.removed;
  if not found then
    perform macroplan.reject(404, 'not_found', 'There is no such iteration in this plan.');
  end if;
  select p.time_zone, p.name || ': ' || v_iteration.name into v_zone, v_title
  from macroplan.plans as p
  where p.plan_id = v_plan.plan_id and p.id = p.plan_id;

  return (
    select format(
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head>'
      '<body style="font-family:Arial,sans-serif;font-size:14px;color:#172b4d"><h1 style="font-size:20px">%1$s</h1>'
      '<p>%2$s to %3$s. All times in %4$s. Revision %5$s.</p>'
      '<table style="border-collapse:collapse"><thead>%6$s</thead><tbody>%7$s</tbody></table></body></html>',
      macroplan.escape_html(v_title),
      macroplan.show_instant(v_iteration.window_start, v_zone), macroplan.show_instant(v_iteration.window_end, v_zone),
      macroplan.escape_html(v_zone), (macroplan.read_head(v_plan.plan_id, v_plan.role)).rev,
      macroplan.table_line('th', array['Phase', 'Chapter', 'Planned start', 'Planned end', 'Status', 'Note']),
      string_agg(
        macroplan.table_line('td', array[
          ph.name, c.code || ' ' || c.title, macroplan.show_instant(s.planned_start, v_zone),
          macroplan.show_instant(s.planned_end, v_zone), initcap(s.status), s.note
        ]),
        '' order by ph.position, ph.code, s.planned_start, c.position, c.code
      )
    )
    from macroplan.chapter_schedules as s
    join macroplan.chapters as c on c.plan_id = s.plan_id and c.id = s.chapter_id and not c.removed
    join macroplan.phases as ph on ph.plan_id = c.plan_id and ph.id = c.phase_id
    where s.plan_id = v_plan.plan_id and s.iteration_id = v_iteration.id and not s.removed
  );
end
$$;
