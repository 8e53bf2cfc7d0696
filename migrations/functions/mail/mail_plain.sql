-- The plain part of a digest; null for other mails, whose plain part their table makes. p_app as api.claim_mail takes it.
create or replace function macroplan.mail_plain(p_mail macroplan.mail_outbox, p_app text)
returns text
language sql
as $$
  with sections as (
    select place, concat(
      upper(title), ' (', many, E')\n\n',
      string_agg(plain, E'\n' order by line_number),
      case when many > count(*) then format(E'\nAnd %s more: see the live plan.', many - count(*)) end
    ) as section
    from macroplan.digest_lines(p_mail, p_app)
    group by place, title, many
  )
  select concat(
    p.name, E'\nAll times in ', p.time_zone, E'. The live plan may be newer:\n', macroplan.app_url(p_app, 'macroplan-plan=' || p.id),
    E'\n\n', (select string_agg(section, E'\n\n' order by place) from sections),
    E'\n\nThis mail went to ', (p_mail).recipient, E'. Stop such mails:\n',
    macroplan.stop_url(p.id, (p_mail).recipient, p_app, (p_mail).body -> 'events'), E'\n'
  )
  from macroplan.plans as p
  where p.plan_id = (p_mail).plan_id and p.id = p.plan_id and (p_mail).body ->> 'kind' = 'digest'
$$;
