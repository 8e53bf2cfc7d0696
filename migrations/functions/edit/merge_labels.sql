-- Labels are a set: what either side added is there, what either side took away is not. Null where there is no base, or
-- where together they are more than one chapter may have. The twin of mergeLabels in src/store/merge.ts.
create or replace function macroplan.merge_labels(p_base jsonb, p_current jsonb, p_mine jsonb)
returns jsonb
language sql
immutable
strict
as $$
  select case
    when count(*) > 20 then null
    when p_current @> jsonb_build_object('labels', string_agg(word, ' ' order by word collate "C")) then '{"kind": "noop"}'
    else jsonb_build_object(
      'kind', 'combine',
      'fields', jsonb_build_object('labels', string_agg(word, ' ' order by word collate "C"))
    )
  end
  from (
    select macroplan.label_words(p_base -> 'labels') as base,
      macroplan.label_words(p_current -> 'labels') as current,
      macroplan.label_words(p_mine -> 'labels') as mine
  ) as sides
  cross join lateral (select distinct unnest(sides.current || sides.mine)) as either (word)
  where case when word = any (sides.base) then word = any (sides.current) and word = any (sides.mine) else true end
$$;
