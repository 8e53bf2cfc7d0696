-- Rejects a request for a new plan with the sentence that its author needs.
create or replace function macroplan.check_plan_request(p_body jsonb)
returns void
language plpgsql
stable
as $$
declare
  v_code text := p_body ->> 'code';
  v_limits jsonb := (select limits from macroplan.meta);
begin
  if macroplan.uuid_or_null(p_body ->> 'id') is null then
    perform macroplan.reject(400, 'bad_request', 'A new plan needs an id.');
  end if;
  if exists (
    select from unnest(array['code', 'name', 'time_zone']) as field
    where jsonb_typeof(p_body -> field) is distinct from 'string'
  ) then
    perform macroplan.reject(400, 'bad_request', 'A new plan needs a code, a name and a time zone.');
  end if;
  if char_length(v_code) not between 1 and (v_limits ->> 'code_max')::int or v_code ~ '[[:cntrl:]]|^\s|\s$' then
    perform macroplan.reject(400, 'bad_request', 'A code has 1 to 40 characters and no space at its ends.');
  end if;
  if char_length(p_body ->> 'name') not between 1 and (v_limits ->> 'line_max')::int then
    perform macroplan.reject(400, 'bad_request', 'A name has 1 to 500 characters.');
  end if;
  if not exists (select from pg_timezone_names where name = p_body ->> 'time_zone') then
    perform macroplan.reject(400, 'bad_request', format('There is no time zone "%s".', p_body ->> 'time_zone'));
  end if;
  if exists (select from macroplan.plans where code = v_code and not removed) then
    perform macroplan.reject(400, 'bad_request', format('Another plan has the code "%s".', v_code));
  end if;
end
$$;
