-- For a page where no script runs (PDF, Word, a feed): the table of one iteration as a piece of XHTML. Without a code it is
-- the iteration that is live, else the one that comes next, else the last. p_link: URL of the live plan.
create or replace function api.paper(p_who jsonb, p_plan text, p_iteration text, p_link text)
returns text
language plpgsql
stable
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_plan record;
  v_iteration uuid;
begin
  select * into v_plan from macroplan.find_plan(p_who, p_plan);
  select i.id into v_iteration
  from macroplan.iterations as i
  where i.plan_id = v_plan.plan_id and not i.removed and coalesce(p_iteration, '') in ('', i.code)
  order by i.state = 'live' desc, i.window_end >= now() desc, abs(extract(epoch from i.window_start - now()))
  limit 1;
  if v_iteration is null then
    perform macroplan.reject(404, 'not_found', 'There is no such iteration in this plan.');
  end if;
  return replace(
    substring(
      api.show_table(
        p_who, v_plan.plan_id::text, v_iteration::text, 'mail', jsonb_build_object('link', p_link)
      )
      from '<body[^>]*>(.*)</body>'
    ),
    '<br>', '<br/>'
  );
end
$$;
