-- POST /plans: a new plan whose creator leads it. Asking again with the same id answers the same plan.
create or replace function api.create_plan(p_who jsonb, p_body text)
returns text
language plpgsql
security definer
set search_path = macroplan, pg_temp
as $$
declare
  v_body jsonb := macroplan.parse_body(p_body);
  v_id uuid := macroplan.uuid_or_null(v_body ->> 'id');
begin
  if not coalesce((p_who ->> 'is_admin')::boolean, false) then
    perform macroplan.reject(403, 'forbidden', 'Only administrators of Macroplan make plans.');
  end if;
  if macroplan.role_of(v_id, p_who) is null then
    perform macroplan.check_plan_request(v_body);
    insert into macroplan.plan_heads (plan_id) values (v_id) on conflict do nothing;
    if not found then
      perform macroplan.reject(400, 'bad_request', 'Another plan has this id.');
    end if;
    perform macroplan.begin_edit(
      v_id, p_who ->> 'user_key', p_who ->> 'display_name', null, null, null, 'New plan'
    );
    perform macroplan.write_row(
      v_id, 'plans', v_id,
      jsonb_build_object('code', v_body -> 'code', 'name', v_body -> 'name', 'time_zone', v_body -> 'time_zone')
    );
    perform macroplan.write_row(
      v_id, 'plan_members', gen_random_uuid(),
      jsonb_build_object('principal', 'user:' || (p_who ->> 'user_key'), 'role', 'lead')
    );
  end if;
  return (
    select plan
    from json_array_elements(api.plans(p_who)::json -> 'plans') as plan
    where plan ->> 'id' = v_id::text
  );
end
$$;
