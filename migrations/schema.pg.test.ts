import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../infra/root.ts';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { TABLES, TRANSITIONS, unitOf } from '../src/store/schema.ts';
import { dumpSchema } from './schema.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const tables = Object.entries(TABLES).map(([name, fields]) => ({ name: name as keyof typeof TABLES, fields }));

test('the database and the browser know the same fields', async () => {
  const { rows } = await database.admin.query(
    `select table_name, field, position, type, is_required, default_value, unit, ref_table, choices,
       min_value::float8 as min_value, max_value::float8 as max_value, is_fixed
     from macroplan.fields`,
  );
  const ours = tables.flatMap(({ name, fields }) =>
    Object.entries(fields).map(([field, it], i) => ({
      table_name: name,
      field,
      position: i + 1,
      type: it.type,
      is_required: it.required,
      default_value: it.default ?? null,
      unit: unitOf(name, field),
      ref_table: it.table ?? null,
      choices: it.values ?? null,
      min_value: it.min ?? null,
      max_value: it.max ?? null,
      is_fixed: it.fixed ?? false,
    })),
  );
  const byName = (a: { table_name: string; field: string }, b: { table_name: string; field: string }) =>
    `${a.table_name}.${a.field}` < `${b.table_name}.${b.field}` ? -1 : 1;
  expect(rows.sort(byName)).toEqual(ours.sort(byName));
});

test('every table has the columns that its fields name, no more, and nulls only where a field is not required', async () => {
  const { rows } = await database.admin.query(
    `select table_name, column_name as field, is_nullable = 'YES' as is_nullable
     from information_schema.columns
     where table_schema = 'macroplan' and table_name = any ($1)
       and column_name not in ('plan_id', 'id', 'rev', 'removed')`,
    [tables.map(({ name }) => name)],
  );
  const known = tables.flatMap(({ name, fields }) =>
    Object.entries(fields).map(([field, { required }]) => `${name}.${field} ${required ? 'required' : 'optional'}`),
  );
  const found = rows.map((row) => `${row.table_name}.${row.field} ${row.is_nullable ? 'optional' : 'required'}`);
  expect(found.sort()).toEqual(known.sort());
});

test('columns carry the defaults that the fields name', async () => {
  const { rows } = await database.admin.query(
    `select f.table_name, f.field, f.default_value #>> '{}' as wanted,
       regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^''(.*)''::.*$', '\\1') as found
     from macroplan.fields as f
     join pg_attribute as a on a.attrelid = ('macroplan.' || f.table_name)::regclass and a.attname = f.field
     left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum`,
  );
  for (const row of rows)
    expect([row.table_name, row.field, row.found]).toEqual([row.table_name, row.field, row.wanted]);
});

test('the database and the browser know the same transitions', async () => {
  const { rows } = await database.admin.query('select from_status, to_status from macroplan.transitions');
  const ours = Object.entries(TRANSITIONS).flatMap(([from, all]) => all.map((to) => `${from} ${to}`));
  expect(rows.map((row) => `${row.from_status} ${row.to_status}`).sort()).toEqual(ours.sort());
});

test('columns travel in the order of src/store/schema.ts', async () => {
  const { rows } = await database.admin.query('select table_name, columns from macroplan.columns() order by place');
  expect(rows).toEqual(
    tables.map(({ name, fields }) => ({ table_name: name, columns: ['id', 'rev', ...Object.keys(fields)] })),
  );
});

test('every replicated table is stamped, logged and kept by its triggers', async () => {
  const { rows } = await database.admin.query(
    `select tgrelid::regclass::text as name, array_agg(tgname::text order by tgname) as triggers
     from pg_trigger where not tgisinternal and tgrelid::regclass::text <> 'macroplan.event_log' group by 1`,
  );
  expect(new Map(rows.map((row) => [row.name, row.triggers]))).toEqual(
    new Map(tables.map(({ name }) => [`macroplan.${name}`, ['a_keep', 'a_keep_all', 'a_stamp', 'b_log']])),
  );
});

test('schema.sql is what the migrations make', async () => {
  const kept = await readFile(path.join(ROOT, 'migrations/schema.sql'), 'utf8');
  const client = await database.admin.connect();
  const made = await dumpSchema(client);
  client.release();
  expect(made === kept, 'run `npm run schema` and commit migrations/schema.sql').toBe(true);
});
