import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { hostUrl } from './roles.ts';
import { createPlan } from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const DENIED = { code: '42501' };

test("the hosts' role can touch no table", async () => {
  const { rows } = await database.admin.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('macroplan', 'api')`,
  );
  expect(rows.length).toBeGreaterThan(15);
  for (const { name } of rows) {
    await expect(database.host.query(`select from ${name}`)).rejects.toMatchObject(DENIED);
    await expect(database.host.query(`delete from ${name}`)).rejects.toMatchObject(DENIED);
  }
});

test("the hosts' role may execute the doors and nothing behind them", async () => {
  const { rows } = await database.admin.query(
    `select p.oid::regprocedure::text as name, n.nspname as schema
     from pg_proc as p
     join pg_namespace as n on n.oid = p.pronamespace
     where n.nspname in ('macroplan', 'api') and has_function_privilege('macroplan_host', p.oid, 'execute')
     order by 1`,
  );
  expect(rows.map((row) => row.name.replace(/\(.*/, ''))).toEqual([
    'api.change_recipients',
    'api.claim_mail',
    'api.create_plan',
    'api.delta',
    'api.events',
    'api.has_replayed',
    'api.hello',
    'api.log_position',
    'api.mail_health',
    'api.mail_stops',
    'api.mails',
    'api.paper',
    'api.plans',
    'api.recipients',
    'api.settle_mail',
    'api.show_table',
    'api.snapshot',
    'api.snapshot_part',
    'api.state',
    'api.stop_mails',
    'api.sync',
    'api.tidy',
    'api.verify',
    'api.version',
  ]);
  await expect(database.host.query('select api.new_epoch()')).rejects.toMatchObject(DENIED);
});

test('a function that is made later is not for the public', async () => {
  const client = await database.admin.connect();
  await client.query('set role macroplan_owner');
  await client.query(`create function api.later() returns int language sql as 'select 1'`);
  await client.query('reset role');
  client.release();
  await expect(database.host.query('select api.later()')).rejects.toMatchObject(DENIED);
});

test('only doors run with the rights of the owner, and a temporary table cannot stand in for ours', async () => {
  const { rows } = await database.admin.query(
    `select p.pronamespace::regnamespace::text as schema, p.prosecdef, array_to_string(p.proconfig, ' ') as config
     from pg_proc as p
     where p.pronamespace in ('macroplan'::regnamespace, 'api'::regnamespace) and p.proname <> 'later'`,
  );
  for (const row of rows) {
    expect([row.schema, row.prosecdef, row.config]).toEqual(
      row.schema === 'api' ? ['api', true, 'search_path=macroplan, pg_temp'] : ['macroplan', false, null],
    );
  }
});

test('a host that connects as an administrator takes the role of hosts', async () => {
  const client = new pg.Client(hostUrl(database.url));
  await client.connect();
  const { rows } = await client.query(
    `select current_user as role, current_setting('lock_timeout') as lock, api.plans($1) is not null as may`,
    [{ user_key: 'kim', display_name: 'Kim', groups: [] }],
  );
  expect(rows[0]).toEqual({ role: 'macroplan_host', lock: '2s', may: true });
  await expect(client.query('select from macroplan.plans')).rejects.toMatchObject(DENIED);
  await client.end();
});

test("waits and slow statements of the hosts' role end by themselves", async () => {
  const { rows } = await database.host.query(
    `select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`,
  );
  expect(rows[0]).toEqual({ lock: '2s', statement: '30s' });
});

test('only an administrator makes a plan, and asking again makes no second one', async () => {
  const make = (isAdmin: boolean, body: object) =>
    database.host.query('select api.create_plan($1, $2)', [
      { user_key: 'kim', display_name: 'Kim', groups: [], is_admin: isAdmin },
      JSON.stringify(body),
    ]);
  const body = { id: '00000000-0000-4000-8000-000000000001', code: 'NEW', name: 'New', time_zone: 'Europe/Berlin' };
  await expect(make(false, body)).rejects.toMatchObject({ code: 'MP403' });
  const first = await make(true, body);
  expect((await make(true, body)).rows).toEqual(first.rows);
  expect(JSON.parse(first.rows[0].create_plan)).toMatchObject({ code: 'NEW', role: 'lead', rev: 1 });
  for (const wrong of [
    { id: 'x' },
    { id: '00000000-0000-4000-8000-000000000002' },
    { id: '00000000-0000-4000-8000-000000000002', code: '' },
    { id: '00000000-0000-4000-8000-000000000002', code: 'OTHER', time_zone: 'Mars/Olympus' },
    { id: '00000000-0000-4000-8000-000000000002', code: 'OTHER', name: 7 },
  ]) {
    await expect(make(true, { ...body, ...wrong })).rejects.toMatchObject({ code: 'MP400' });
  }
});

test('a database that moved to another system gets a new epoch, once', async () => {
  const hello = async () => (await database.host.query('select api.hello() as epoch')).rows[0].epoch;
  const first = await hello();
  expect(await hello()).toBe(first);
  await createPlan(database.host, 'EPOCH');
  await database.admin.query('update macroplan.meta set system_identifier = system_identifier - 1');
  const second = await hello();
  expect(second).not.toBe(first);
  expect(await hello()).toBe(second);
  const { rows } = await database.admin.query('select api.new_epoch() as epoch');
  expect(rows[0].epoch).not.toBe(second);
});
