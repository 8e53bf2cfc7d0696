-- The whole row as an op would have it, over what stands (null: no row); null for a removal.
create or replace function macroplan.wanted_row(p_op jsonb, p_stands jsonb)
returns jsonb
language sql
stable
as $$
  select case p_op ->> 'op'
    when 'insert' then
      case
        when p_stands is null then macroplan.with_defaults(p_op ->> 'table', p_op -> 'row')
        else p_stands || (p_op -> 'row')
      end
    when 'set' then coalesce(p_stands, '{}') || (p_op -> 'set')
    when 'remove' then null
    else coalesce(p_stands, '{}') || macroplan.gesture_target(p_op)
  end
$$;
