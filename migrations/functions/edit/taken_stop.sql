-- A code that another row holds: a conflict if that row got it since, from somebody else; else refused. p_row: the live
-- row, or null for a new one; p_next: the fields that an op gives it. Returns a stop or null.
create or replace function macroplan.taken_stop(
  p_context macroplan.edit_context,
  p_op jsonb,
  p_row jsonb,
  p_next jsonb
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_table text := p_op ->> 'table';
  v_id uuid := p_op ->> 'id';
  v_field text := macroplan.unique_field(v_table);
  v_value jsonb := p_next -> v_field;
  v_holder uuid;
begin
  if v_value is null or v_value = p_row -> v_field then
    return null;
  end if;
  v_holder := macroplan.holder_of(p_context.plan_id, v_table, v_field, p_next ->> v_field, v_id);
  if v_holder is null then
    return null;
  end if;
  perform
  from macroplan.changed_since(p_context, v_table, v_holder) as theirs
  where theirs.unit in (v_field, 'row');
  if found then
    return jsonb_build_object('cause', 'constraint', 'items', jsonb_build_array(
      macroplan.conflict_item(
        p_context, v_table, v_id, v_field,
        null,
        case when p_row is not null then jsonb_build_object(v_field, p_row -> v_field) end,
        jsonb_build_object(v_field, v_value)
      ),
      macroplan.conflict_item(
        p_context, v_table, v_holder, v_field, null, jsonb_build_object(v_field, v_value), null
      )
    ));
  end if;
  return jsonb_build_object('refusal', macroplan.op_refusal(
    p_op,
    'duplicate_code',
    format(
      'The %s "%s" is taken by another %s.',
      macroplan.field_words(v_field), p_next ->> v_field, macroplan.noun(v_table)
    ),
    v_field
  ));
end
$$;
