-- Three-way merge of one merge unit: {kind, fields | cause}. The twin of mergeSet in src/store/merge.ts. A null base
-- means that the person believed that there was no such row, so only equal values agree.
create or replace function macroplan.merge_set(p_unit text, p_base jsonb, p_current jsonb, p_mine jsonb)
returns jsonb
language sql
immutable
as $$
  select case
    when p_current @> p_mine then '{"kind": "noop"}'::jsonb
    -- A form that sends a unit as it found it asked for nothing.
    when p_base @> p_mine then '{"kind": "noop"}'::jsonb
    when p_current @> p_base then jsonb_build_object('kind', 'apply', 'fields', p_mine)
    else coalesce(
      case p_unit
        when 'progress' then macroplan.merge_progress(p_base, p_current, p_mine)
        when 'labels' then macroplan.merge_labels(p_base, p_current, p_mine)
      end,
      '{"kind": "conflict", "cause": "both_changed"}'
    )
  end
$$;
