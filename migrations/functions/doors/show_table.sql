-- GET /table: the macro-plan of one iteration by day and hour, as a self-contained HTML page that Outlook, Confluence's editor
-- and a printer keep. The twin of src/views/share/table.ts: the same rows make the same text (docs/decisions/0016).
-- p_options: {"variant": "full" | "leadership", "since": rev | null (mark what changed after it), "link": URL of the live
-- plan | null, "by": who made it, where that is not who asks}; the host says the link, never the asker.
create or replace function api.show_table(
  p_who jsonb,
  p_plan text,
  p_iteration text,
  p_for text,
  p_options jsonb default '{}'
)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_iteration macroplan.iterations;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  if p_for is null or p_for not in ('page', 'mail') then
    perform macroplan.reject(400, 'bad_request', 'The table is made for "page" or for "mail".');
  end if;
  if coalesce(p_options ->> 'variant', 'full') not in ('full', 'leadership') then
    perform macroplan.reject(400, 'bad_request', 'The table is "full" or for "leadership".');
  end if;
  select * into v_iteration
  from macroplan.iterations as i
  where i.plan_id = v_plan.plan_id and i.id = macroplan.uuid_or_null(p_iteration) and not i.removed;
  if not found then
    perform macroplan.reject(404, 'not_found', 'There is no such iteration in this plan.');
  end if;
  return macroplan.table_page(v_iteration, p_options || jsonb_build_object(
    'for', p_for,
    'by', coalesce(p_options ->> 'by', macroplan.name_of(p_who ->> 'user_key', p_who ->> 'display_name')),
    'at', macroplan.milliseconds(clock_timestamp()),
    'rev', (macroplan.read_head(v_plan.plan_id, v_plan.role)).rev
  ));
end
$$;
