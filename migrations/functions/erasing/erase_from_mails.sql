-- Takes a person out of everything about mails: names, the addresses that leads said were theirs, and the mails to these. An address
-- that a plan also lists as nobody's, or as somebody else's, stays in that plan, with its mails.
create or replace function macroplan.erase_from_mails(p_user_key text)
returns void
language plpgsql
as $$
declare
  v_address record;
begin
  update macroplan.mail_notices set actor_name = macroplan.erased_name() where actor = p_user_key;
  update macroplan.mail_recipients set added_by_name = macroplan.erased_name() where added_by = p_user_key;
  update macroplan.mail_recipients set removed_by_name = macroplan.erased_name() where removed_by = p_user_key;
  update macroplan.mail_quiet_hours set added_by_name = macroplan.erased_name() where added_by = p_user_key;
  update macroplan.mail_quiet_hours set removed_by_name = macroplan.erased_name() where removed_by = p_user_key;
  for v_address in
    delete from macroplan.mail_recipients where user_key = p_user_key returning plan_id, email
  loop
    continue when exists (
      select from macroplan.mail_recipients where plan_id = v_address.plan_id and email = v_address.email
    );
    delete from macroplan.mail_stops where plan_id = v_address.plan_id and email = v_address.email;
    delete from macroplan.mail_addressees where plan_id = v_address.plan_id and email = v_address.email;
    delete from macroplan.mail_quiet_hours where plan_id = v_address.plan_id and email = v_address.email;
    delete from macroplan.mail_held where plan_id = v_address.plan_id and email = v_address.email;
    delete from macroplan.mail_outbox where plan_id = v_address.plan_id and lower(recipient) = v_address.email;
  end loop;
end
$$;
