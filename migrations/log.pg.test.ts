import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { ADMIN, addPhase, askJson, createPlan, edit, sync, write } from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

interface Event {
  readonly rev: number;
  readonly n: number;
  readonly op: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly hash: string;
}

const readEvents = async (
  plan: string,
  before: number | null = null,
  limit: number | null = null,
  row: string | null = null,
) => (await askJson<{ events: Event[] }>(database.host, 'events', [ADMIN, plan, before, limit, row])).events;

/** A plan whose log has 21 lines in 11 revs. */
async function createHistory(code: string): Promise<string> {
  const plan = await createPlan(database.host, code);
  const team = randomUUID();
  for (let i = 0; i < 9; i += 1) {
    await write(database, plan, [
      ['phases', randomUUID(), { code: `P${i}`, name: 'Phase' }],
      ['teams', team, { code: 'T', name: `Team ${i}`, email: null }],
    ]);
  }
  await write(database, plan, [['teams', team, null]]);
  return plan;
}

const verify = (plan: string) => askJson<{ ok: boolean }>(database.host, 'verify', [ADMIN, plan]);

/** What only a superuser can do, and only on purpose: without the triggers. */
async function tamper(statement: string, args: readonly unknown[]): Promise<void> {
  const client = await database.admin.connect();
  await client.query('set session_replication_role = replica');
  await client.query(statement, [...args]);
  await client.query('reset session_replication_role');
  client.release();
}

test('an insert logs the row, an update what differs, a remove the last row', async () => {
  const plan = await createPlan(database.host, 'OPS');
  const id = randomUUID();
  await write(database, plan, [['teams', id, { code: 'T', name: 'Old', email: 'a@b.example' }]]);
  await write(database, plan, [['teams', id, { name: 'New', code: 'T' }]]);
  await write(database, plan, [['teams', id, null]]);
  await write(database, plan, [['teams', id, { code: 'T', name: 'Again' }]]);
  expect((await readEvents(plan, null, null, id)).reverse()).toMatchObject([
    { rev: 2, n: 1, op: 'insert', before: null, after: { code: 'T', name: 'Old', email: 'a@b.example' } },
    { rev: 3, n: 1, op: 'update', before: { name: 'Old' }, after: { name: 'New' } },
    { rev: 4, n: 1, op: 'remove', before: { code: 'T', name: 'New', email: 'a@b.example' }, after: null },
    { rev: 5, n: 1, op: 'insert', before: null, after: { code: 'T', name: 'Again', email: null } },
  ]);
});

test('writing what is there already logs nothing and takes no rev', async () => {
  const plan = await createPlan(database.host, 'SAME');
  const id = randomUUID();
  await write(database, plan, [['teams', id, { code: 'T', name: 'Name' }]]);
  expect(await write(database, plan, [['teams', id, { name: 'Name' }]])).toBeNull();
  expect(await readEvents(plan, null, null, id)).toHaveLength(1);
});

test('a page of events never cuts a rev', async () => {
  const plan = await createHistory('PAGES');
  const all = await readEvents(plan, null, 1000);
  expect(all).toHaveLength(21);
  const pages: Event[] = [];
  for (let before: number | null = null; ; ) {
    const page: Event[] = await readEvents(plan, before, 3);
    if (page.length === 0) break;
    pages.push(...page);
    before = page.at(-1)?.rev ?? null;
  }
  expect(pages).toEqual(all);
  await expect(readEvents(plan, null, 0)).rejects.toMatchObject({ code: 'MP400' });
});

test('a whole log verifies', async () => {
  const plan = await createHistory('WHOLE');
  expect(await verify(plan)).toEqual({ ok: true, events: 21, head: (await readEvents(plan, null, 1))[0]?.hash });
});

test.each([
  [
    'an altered value',
    `update macroplan.event_log set after = '{"name":"x"}' where plan_id = $1 and rev = 5 and n = 2`,
    5,
    2,
  ],
  ['another author', `update macroplan.event_log set actor = 'kim' where plan_id = $1 and rev = 5 and n = 1`, 5, 1],
  [
    'another time',
    `update macroplan.event_log set at = at - interval '1 ms' where plan_id = $1 and rev = 7 and n = 1`,
    7,
    1,
  ],
  ['another total', `update macroplan.event_log set row_sum = 0 where plan_id = $1 and rev = 7 and n = 1`, 7, 1],
  ['a forged hash', `update macroplan.event_log set hash = sha256('x') where plan_id = $1 and rev = 4 and n = 2`, 4, 2],
  ['a removed line', 'delete from macroplan.event_log where plan_id = $1 and rev = 6 and n = 1', 6, 2],
  ['a removed rev', 'delete from macroplan.event_log where plan_id = $1 and rev = 6', 7, 1],
  ['a removed beginning', 'delete from macroplan.event_log where plan_id = $1 and rev = 1', 2, 1],
  ['a removed end', 'delete from macroplan.event_log where plan_id = $1 and rev = 11', 11, null],
  [
    "two lines in each other's place",
    'update macroplan.event_log set n = case n when 1 then 2 else 1 end + 100 where plan_id = $1 and rev = 6',
    6,
    101,
  ],
  [
    'the log of another plan',
    `update macroplan.event_log as e set hash = macroplan.event_hash(null, e) where plan_id = $1 and rev = 2 and n = 1`,
    2,
    1,
  ],
])('verification finds %s', async (what, statement, rev, n) => {
  const plan = await createHistory(what.slice(0, 40));
  await tamper(statement, [plan]);
  expect(await verify(plan)).toMatchObject({ ok: false, rev, n });
});

test('the log cannot be changed by its owner', async () => {
  const plan = await createHistory('OWNER');
  const client = await database.admin.connect();
  await client.query('set role macroplan_owner');
  for (const statement of [
    'update macroplan.event_log set label = label',
    'delete from macroplan.event_log',
    'truncate macroplan.event_log',
  ]) {
    await expect(client.query(statement)).rejects.toThrow('the event log only grows');
  }
  await client.query('reset role');
  client.release();
  expect(await verify(plan)).toMatchObject({ ok: true });
});

test('folding the log to any rev gives the rows as they were', async () => {
  const plan = await createPlan(database.host, 'FOLD');
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  const states: unknown[] = [];
  const readTables = async () =>
    (
      await database.admin.query(
        `select table_name, id, fields - 'removed' as fields from macroplan.rows_since($1, 0) where not removed order by id`,
        [plan],
      )
    ).rows;
  for (let i = 0; i < 12; i += 1) {
    const id = ids[i % 3] ?? '';
    await write(database, plan, [['teams', id, i % 4 === 3 ? null : { code: `T${i % 3}`, name: `Name ${i}` }]]);
    states.push(await readTables());
  }
  const readFold = async (rev: number) =>
    (await database.admin.query('select * from macroplan.rows_at($1, $2) order by id', [plan, rev])).rows;
  const { rows } = await database.admin.query(
    'select rev::int from macroplan.event_log where plan_id = $1 and rev > 1 order by rev',
    [plan],
  );
  for (const [i, { rev }] of rows.entries()) expect(await readFold(rev)).toEqual(states[i]);
});

test('an event names its author, device, edit and the time that the device claims', async () => {
  const plan = await createPlan(database.host, 'WHO');
  const sent = edit(1, [addPhase(randomUUID(), 'P')]);
  await sync(database.host, { plan, edits: [sent] });
  expect((await readEvents(plan, null, 1))[0]).toMatchObject({
    actor: 'admin',
    actor_name: 'Name of admin',
    client_id: '00000000-0000-4000-8000-00000000c11e',
    edit_id: sent.id,
    claimed_at: sent.at,
    label: sent.label,
    table_name: 'phases',
  });
});
