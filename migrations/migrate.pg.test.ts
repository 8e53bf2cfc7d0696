import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../infra/root.ts';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { checkMigrated, makeTables, migrate, readSql } from './migrate.ts';
import { dumpSchema } from './schema.ts';
import { sqlScript } from './sql-script.ts';

let database: TestDatabase;
let client: pg.Client;
/** A copy of the migrations, for tests that change them. */
let folder: string;

beforeEach(async () => {
  database = await createDatabase({ template: 'template0' });
  client = new pg.Client(database.url);
  await client.connect();
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-migrations-'));
  await cp(path.join(ROOT, 'migrations'), folder, { recursive: true });
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const readApplied = async () => (await client.query('select * from macroplan.migrations order by name')).rows;

test('a second run changes nothing', async () => {
  await migrate(client);
  const first = await readApplied();
  await migrate(client);
  expect(await readApplied()).toEqual(first);
});

test('two starters take turns', async () => {
  const other = new pg.Client(database.url);
  await other.connect();
  await Promise.all([migrate(client), migrate(other)]);
  await other.end();
  expect((await client.query('select count(*)::int as n from macroplan.meta')).rows).toEqual([{ n: 1 }]);
});

test('a table migration that was changed after it landed is refused by name', async () => {
  await migrate(client, { folder });
  await writeFile(path.join(folder, 'tables/0004-mail.sql'), '-- changed');
  await expect(migrate(client, { folder })).rejects.toThrow('0004-mail.sql was changed after it had been applied');
});

test('a database of a newer build is refused by name', async () => {
  await writeFile(path.join(folder, 'tables/9999-tomorrow.sql'), 'create table macroplan.tomorrow ();');
  await migrate(client, { folder });
  await expect(migrate(client)).rejects.toThrow('migrated by a newer Macroplan (9999-tomorrow.sql)');
});

test('a migration that fails leaves nothing of itself, and the next run goes on', async () => {
  const file = path.join(folder, 'tables/9999-tomorrow.sql');
  await writeFile(file, 'create table macroplan.tomorrow (); select 1 / 0;');
  await expect(migrate(client, { folder })).rejects.toThrow(/9999-tomorrow\.sql.*division by zero/);
  expect((await client.query(`select to_regclass('macroplan.tomorrow') as it`)).rows).toEqual([{ it: null }]);
  await writeFile(file, 'create table macroplan.tomorrow ();');
  await migrate(client, { folder });
  expect((await client.query(`select to_regclass('macroplan.tomorrow') is not null as it`)).rows).toEqual([
    { it: true },
  ]);
});

test('a changed function is applied again', async () => {
  await migrate(client, { folder });
  const before = new Map((await readApplied()).map((row) => [row.name, row.checksum]));
  const file = path.join(folder, 'functions/rows/minutes.sql');
  await writeFile(
    file,
    `create or replace function macroplan.minutes(p_instant timestamptz) returns bigint language sql immutable as 'select 7::bigint'`,
  );
  await migrate(client, { folder });
  expect((await client.query('select macroplan.minutes(now())::int as it')).rows).toEqual([{ it: 7 }]);
  const changed = (await readApplied()).filter((row) => before.get(row.name) !== row.checksum);
  expect(changed.map((row) => row.name)).toEqual(['rows/minutes.sql']);
});

test('functions of the build before go, whatever they took and answered', async () => {
  const [file, text] = [
    path.join(folder, 'functions/rows/minutes.sql'),
    'create function macroplan.minutes(p_it text)',
  ];
  await writeFile(file, `${text} returns text language sql immutable as 'select p_it'`);
  await writeFile(
    path.join(folder, 'functions/doors/gone.sql'),
    `create function api.gone() returns int language sql as 'select 1'`,
  );
  await migrate(client, { folder });
  await migrate(client);
  const { rows } = await client.query(
    `select p.oid::regprocedure::text as name from pg_proc as p where proname in ('minutes', 'gone') order by 1`,
  );
  expect(rows).toEqual([{ name: 'macroplan.minutes(timestamp with time zone)' }]);
});

test('files with the line ends of Windows count as the same', async () => {
  await migrate(client);
  const text = await readFile(path.join(folder, 'tables/0004-mail.sql'), 'utf8');
  await writeFile(path.join(folder, 'tables/0004-mail.sql'), text.replaceAll('\n', '\r\n'));
  await migrate(client, { folder });
});

test('mails and recipients of a build before there were events are there after the upgrade', async () => {
  await makeTables(
    client,
    (await readSql(path.join(folder, 'tables'))).filter(({ name }) => name < '0007'),
  );
  await client.query(
    `insert into macroplan.mail_recipients (plan_id, event, email) values (gen_random_uuid(), 'sent', 'Board@example.com');
     insert into macroplan.mail_outbox (plan_id, dedupe_key, recipient, subject, body)
     values (gen_random_uuid(), 'k', 'a@example.com', 'Macro-plan of DR1', '{"kind": "table", "mode": "test"}')`,
  );
  await client.query('reset role');
  await migrate(client);
  const { rows } = await client.query('select event, audience, email, removed_at from macroplan.mail_recipients');
  expect(rows).toEqual([{ event: 'sent', audience: 'address', email: 'Board@example.com', removed_at: null }]);
  const { rows: subjects } = await client.query(
    'select macroplan.mail_subject(m) as subject from macroplan.mail_outbox as m',
  );
  expect(subjects).toEqual([{ subject: '[REHEARSAL] Macro-plan of DR1' }]);
});

test('lines of a build before names could be erased are whole after the upgrade, and so are those that follow', async () => {
  await makeTables(
    client,
    (await readSql(path.join(folder, 'tables'))).filter(({ name }) => name < '0008'),
  );
  const plan = '00000000-0000-4000-8000-0000000000aa';
  const team = '00000000-0000-4000-8000-0000000000bb';
  const text = `[1, 1, 1800000000000, null, "kim", "Kim Possible", null, null, "New", "insert", "teams", "${team}", null, {"code": "T", "name": "Team", "email": null}, 1, 7]`;
  const hash = createHash('sha256')
    .update(Buffer.from(plan.replaceAll('-', ''), 'hex'))
    .update(text)
    .digest();
  await client.query('insert into macroplan.plan_heads (plan_id, rev) values ($1, 1)', [plan]);
  await client.query(
    `insert into macroplan.event_log (
       plan_id, rev, n, at, actor, actor_name, label, op, table_name, row_id, after, row_count, row_sum, hash
     )
     values ($1, 1, 1, to_timestamp(1800000000), 'kim', 'Kim Possible', 'New', 'insert', 'teams', $2,
       '{"code": "T", "name": "Team", "email": null}', 1, 7, $3)`,
    [plan, team, hash],
  );
  await client.query('reset role');
  await migrate(client);
  await client.query('begin');
  await client.query(`select macroplan.begin_edit($1, 'kim', 'Kim Possible', null, null, null, 'More')`, [plan]);
  await client.query(`select macroplan.write_row($1, 'teams', gen_random_uuid(), '{"code": "U", "name": "Other"}')`, [
    plan,
  ]);
  await client.query('commit');
  expect((await client.query('select * from macroplan.broken_link($1)', [plan])).rows).toEqual([
    { rev: null, n: null, reason: null },
  ]);
  const { rows } = await client.query('select form from macroplan.event_log where plan_id = $1 order by rev', [plan]);
  expect(rows).toEqual([{ form: null }, { form: 2 }]);
});

test('a role that may create roles but is no superuser can migrate', async () => {
  const name = `dba_${database.url.slice(-6)}`;
  await client.query(`create role ${name} login createrole password 'secret'`);
  try {
    const { pathname, host } = new URL(database.url);
    await client.query(`alter database ${pathname.slice(1)} owner to ${name}`);
    await client.query(`grant macroplan_owner, macroplan_host to ${name} with admin option`);
    const dba = new pg.Client(`postgres://${name}:secret@${host}${pathname}`);
    await dba.connect();
    await migrate(dba).finally(() => dba.end());
    const { rows } = await client.query(`select tableowner from pg_tables where schemaname = 'macroplan' group by 1`);
    expect(rows).toEqual([{ tableowner: 'macroplan_owner' }]);
  } finally {
    await client.query(`drop owned by ${name} cascade`);
    await client.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to postgres`);
    await client.query(`drop role ${name}`);
  }
});

test('a role that may create none owns the schemas itself', async () => {
  const name = `plain_${database.url.slice(-6)}`;
  await client.query(`create role ${name} login password 'secret'`);
  try {
    const { pathname, host } = new URL(database.url);
    await client.query(`alter database ${pathname.slice(1)} owner to ${name}`);
    const plain = new pg.Client(`postgres://${name}:secret@${host}${pathname}`);
    await plain.connect();
    await migrate(plain).finally(() => plain.end());
    const { rows } = await client.query(`select tableowner from pg_tables where schemaname = 'macroplan' group by 1`);
    expect(rows).toEqual([{ tableowner: name }]);
    await database.host.query('select api.hello()');
  } finally {
    await client.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to postgres`);
    await client.query(`drop owned by ${name} cascade`);
    await client.query(`drop role ${name}`);
  }
});

test('the SQL file for administrators makes the same database, and upgrades go on from it', async () => {
  await client.query(await sqlScript());
  const byHand = { schema: await dumpSchema(client), applied: (await readApplied()).map(({ name }) => name) };
  const before = await readApplied();
  await migrate(client);
  expect(await readApplied()).toEqual(before);

  const other = await createDatabase();
  try {
    const migrated = new pg.Client(other.url);
    await migrated.connect();
    const { rows } = await migrated.query('select name from macroplan.migrations order by name');
    expect(byHand).toEqual({ schema: await dumpSchema(migrated), applied: rows.map(({ name }) => name) });
    await migrated.end();
  } finally {
    await other.drop();
  }
});

test('the hosts’ role, which may not migrate, is told whether an administrator must', async () => {
  await expect(checkMigrated(database.host)).rejects.toThrow('An administrator must run `npm run migrate`');
  await migrate(client);
  await checkMigrated(database.host);
});
