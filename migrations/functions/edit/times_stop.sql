-- Nothing ends before it starts. If it would only because of both people's changes, a person decides. p_row: the live
-- row, or null for a new one; p_next: the fields that an op gives it. Returns a stop or null.
create or replace function macroplan.times_stop(
  p_context macroplan.edit_context,
  p_op jsonb,
  p_row jsonb,
  p_next jsonb,
  p_units macroplan.named_units
)
returns jsonb
language plpgsql
stable
as $$
declare
  v_table text := p_op ->> 'table';
  v_id uuid := p_op ->> 'id';
  v_after jsonb := macroplan.all_fields(coalesce(p_row, '{}') || p_next);
  v_start text;
  v_end text;
  v_rule_units text[];
begin
  select start_field, end_field into v_start, v_end
  from macroplan.ordered_fields(v_table)
  where (v_after ->> end_field)::bigint < (v_after ->> start_field)::bigint
  order by place
  limit 1;
  if not found then
    return null;
  end if;

  select array_agg(distinct unit) into v_rule_units
  from macroplan.fields
  where table_name = v_table and field in (v_start, v_end);
  if p_row is not null and (
    p_units.combined && v_rule_units
    or exists (
      select
      from macroplan.changed_since(p_context, v_table, v_id) as theirs
      where theirs.unit = any (v_rule_units) and theirs.unit <> all (p_units.named)
    )
  ) then
    return jsonb_build_object('cause', 'constraint', 'items', (
      select jsonb_agg(
        macroplan.conflict_item(
          p_context, v_table, v_id, rule.unit,
          null,
          macroplan.unit_fields(v_table, rule.unit, p_row),
          macroplan.unit_fields(v_table, rule.unit, v_after)
        )
        order by rule.position
      )
      from (
        select unit, min(position) as position
        from macroplan.fields
        where table_name = v_table and unit = any (v_rule_units)
        group by unit
      ) as rule
    ));
  end if;
  return jsonb_build_object('refusal', macroplan.op_refusal(
    p_op,
    'end_before_start',
    format(
      '%s: the %s lies before the %s.',
      macroplan.capitalised(macroplan.describe_row(p_context.plan_id, v_table, v_after)),
      macroplan.field_words(v_end),
      macroplan.field_words(v_start)
    ),
    v_end
  ));
end
$$;
