/**
 * The schema as text, for readers and for review: tables with their columns, constraints and indexes, triggers, and the
 * signatures of functions, in an order that only names decide. Made from the catalog, because pg_dump is not
 * everywhere; it is read by people, never run.
 */
import type { ClientBase } from 'pg';

const HEADER = `-- Made by \`npm run schema\` from a migrated database; a test keeps it true. For reading: the tables are made by
-- tables/, the functions by functions/.
`;

/** The dump of schemas macroplan and api; the client must see a migrated database. */
export async function dumpSchema(client: ClientBase): Promise<string> {
  const parts: string[] = [];
  for (const query of [DOMAINS, TABLES, INDEXES, TRIGGERS, FUNCTIONS, GRANTS]) {
    const { rows } = await client.query(query);
    parts.push(rows.map((row) => row.text).join('\n'));
  }
  return `${[HEADER, ...parts].join('\n')}\n`;
}

const DOMAINS = `
  select format(E'create domain %s as %s%s;\\n', t.oid::regtype, format_type(t.typbasetype, t.typtypmod), string_agg(
    format(E'\\n  constraint %s %s', c.conname, pg_get_constraintdef(c.oid)), '' order by c.conname
  )) as text
  from pg_type as t
  join pg_constraint as c on c.contypid = t.oid
  where t.typnamespace = 'macroplan'::regnamespace and t.typtype = 'd'
  group by t.oid
  order by t.oid::regtype::text`;

/** Not-null constraints are shown with their columns; newer servers list them as constraints too. */
const TABLES = `
  select format(
    E'create %stable %s (\\n%s\\n);\\n', case r.relpersistence when 'u' then 'unlogged ' else '' end, r.oid::regclass,
    concat_ws(E',\\n',
      (
        select string_agg(
          format(
            '  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attnotnull then ' not null' else '' end,
            ' default ' || pg_get_expr(d.adbin, d.adrelid)
          ),
          E',\\n' order by a.attnum
        )
        from pg_attribute as a
        left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      ),
      (
        select string_agg(format('  constraint %s %s', c.conname, pg_get_constraintdef(c.oid)), E',\\n' order by c.conname)
        from pg_constraint as c
        where c.conrelid = r.oid and c.contype in ('c', 'f', 'p', 'u', 'x')
      )
    )
  ) as text
  from pg_class as r
  where r.relnamespace = 'macroplan'::regnamespace and r.relkind = 'r'
  order by r.relname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as text
  from pg_index as i
  join pg_class as r on r.oid = i.indrelid
  where r.relnamespace = 'macroplan'::regnamespace
    and r.relkind = 'r'
    and not exists (select from pg_constraint as c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
  order by 1`;

const TRIGGERS = `
  select E'\\n' || string_agg(pg_get_triggerdef(t.oid) || ';', E'\\n' order by t.tgrelid::regclass::text, t.tgname) as text
  from pg_trigger as t
  where not t.tgisinternal`;

const FUNCTIONS = `
  select E'\\n' || string_agg(
    format(
      'function %s returns %s%s', p.oid::regprocedure, pg_get_function_result(p.oid),
      case when p.prosecdef then ' security definer ' || array_to_string(p.proconfig, ' ') else '' end
    ),
    E'\\n' order by p.oid::regprocedure::text
  ) as text
  from pg_proc as p
  where p.pronamespace in ('macroplan'::regnamespace, 'api'::regnamespace)`;

const GRANTS = `
  select E'\\n' || string_agg(format('grant execute on %s to macroplan_host', p.oid::regprocedure), E'\\n' order by p.oid::regprocedure::text) as text
  from pg_proc as p
  where p.pronamespace in ('macroplan'::regnamespace, 'api'::regnamespace)
    and has_function_privilege('macroplan_host', p.oid, 'execute')`;
