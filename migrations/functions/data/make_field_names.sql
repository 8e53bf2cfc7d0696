-- Writes macroplan.field_names from the catalog, after every migration: what an edit without such fields need not be
-- asked costs nothing to know.
create or replace function macroplan.make_field_names()
returns void
language plpgsql
as $make$
begin
  execute format(
    $function$
-- The names of a table's fields: `all`, or those of one trait (`fixed`, `reference`, `instant`: everything that travels
-- as a number and is stored as a moment); null where there is no such table. Made by macroplan.make_field_names.
create or replace function macroplan.field_names(p_table text, p_trait text)
returns text[]
language sql
immutable
parallel safe
as $names$
  select case p_trait
%s
  end
$names$
$function$,
    (
      select string_agg(
        format(
          $branch$    when %1$L then case p_table %2$s end$branch$,
          trait.name,
          (
            select string_agg(format('when %1$L then %2$L::text[]', t.table_name, t.names), ' ' order by t.table_name)
            from (
              select f.table_name, coalesce(array_agg(f.field order by f.position) filter (
                where case trait.name
                  when 'all' then true
                  when 'fixed' then f.is_fixed
                  when 'reference' then f.type = 'reference'
                  when 'instant' then f.type in ('instant', 'milliseconds')
                end
              ), '{}') as names
              from macroplan.fields as f
              group by f.table_name
            ) as t
          )
        ),
        E'\n' order by trait.name
      )
      from unnest(array['all', 'fixed', 'reference', 'instant']) as trait (name)
    )
  );
end
$make$;
