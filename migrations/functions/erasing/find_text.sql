-- Where any of some texts stands in any column that can hold text, in whichever case of letters: the row by its primary key. Reads
-- every table from the catalog, so that a table of a later build is not forgotten.
create or replace function macroplan.find_text(p_texts text[])
returns table (table_name text, field text, key jsonb)
language plpgsql
stable
as $$
#variable_conflict use_column
declare
  v_column record;
begin
  for v_column in
    select c.relname as table_name, a.attname as field,
      (
        select string_agg(format('%L, t.%I', k.attname, k.attname), ', ' order by k.attnum)
        from pg_index as i
        join pg_attribute as k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary
      ) as key
    from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type as t on t.oid = a.atttypid
    left join pg_type as b on b.oid = t.typbasetype
    where c.relnamespace = 'macroplan'::regnamespace
      and c.relkind = 'r'
      -- Texts, arrays, and JSON, by themselves or behind a domain.
      and (coalesce(b.typcategory, t.typcategory) in ('S', 'A') or coalesce(b.typname, t.typname) in ('json', 'jsonb'))
    order by c.relname, a.attnum
  loop
    return query execute format(
      $query$
        select %1$L::text, %2$L::text, jsonb_build_object(%3$s)
        from macroplan.%1$I as t
        where exists (
          select
          from unnest($1) as wanted (text)
          -- Inside JSON a quote or a backslash is written as two characters.
          where position(lower(wanted.text) in lower(t.%2$I::text)) > 0
            or position(lower(substr(to_json(wanted.text)::text, 2, length(to_json(wanted.text)::text) - 2)) in lower(t.%2$I::text)) > 0
        )
      $query$,
      v_column.table_name, v_column.field, v_column.key
    ) using p_texts;
  end loop;
end
$$;
