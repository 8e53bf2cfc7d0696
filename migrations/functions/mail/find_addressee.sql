-- The addressee whose token this is. A wrong one, and one of a plan that is gone, is as one that never was.
create or replace function macroplan.find_addressee(p_token text)
returns macroplan.mail_addressees
language plpgsql
stable
as $$
declare
  v_addressee macroplan.mail_addressees;
begin
  select a.* into v_addressee
  from macroplan.mail_addressees as a
  join macroplan.plans as p on p.plan_id = a.plan_id and p.id = a.plan_id and not p.removed
  where a.token = macroplan.uuid_or_null(p_token);
  if v_addressee.token is null then
    perform macroplan.reject(404, 'not_found', 'This link is no longer valid. The newest mail has one that is.');
  end if;
  return v_addressee;
end
$$;
