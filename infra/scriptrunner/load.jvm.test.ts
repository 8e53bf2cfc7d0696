/**
 * Sixteen request threads over ten connections, as one node has them: more pollers than threads, and a database that gets
 * stuck under them. What counts is not how fast, but that everybody is answered and nothing is kept.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type APlan, makePlan } from '../host/conformance/a-plan.ts';
import { type Reply, talkTo } from '../host/conformance/talk.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { slowDown } from '../test/slow-sql.ts';
import { type Node, startNode } from './node.ts';

let database: TestDatabase;
let node: Node;
let plan: APlan;
let setSleep: (seconds: number) => Promise<void>;
beforeAll(async () => {
  database = await createDatabase();
  setSleep = await slowDown(database.admin);
  node = await startNode({ line: 'jakarta', databaseUrl: database.hostUrl, threads: 16, pool: 10, waitMs: 300 });
  plan = await makePlan(host);
});
afterAll(async () => {
  await node?.close();
  await database.drop();
});

const host = talkTo(() => node.baseUrl);

const polls = (many: number): Promise<readonly Reply[]> =>
  Promise.all(Array.from({ length: many }, (_, at) => host.get(`/plans/${plan.id}/delta`, at % 2 ? 'viewer' : 'lead')));

/** Connections of the pool that are doing something now. */
async function busyConnections(): Promise<number> {
  const { rows } = await database.admin.query(
    `select count(*)::int as busy from pg_stat_activity
     where usename = 'macroplan_host' and datname = current_database() and state <> 'idle'`,
  );
  return rows[0].busy;
}

test('500 viewers who ask at once are all answered', async () => {
  const replies = await polls(500);
  expect(replies.filter(({ status }) => status === 503).every(({ headers }) => headers['retry-after'])).toBe(true);
  expect(replies.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
  expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
});

test('while the database is stuck everybody is told to come back, and afterwards all is as before', async () => {
  const blocker = await database.admin.connect();
  await blocker.query('begin');
  // Nobody can read the head of a plan while this lasts.
  await blocker.query('lock table macroplan.plan_heads in access exclusive mode');
  const replies = await polls(60);
  await blocker.query('rollback');
  blocker.release();
  for (const reply of replies) {
    expect([reply.status, reply.text]).toEqual([503, expect.stringContaining('"busy"')]);
    expect(Number(reply.headers['retry-after'])).toBe(5);
  }
  await expectAllAnswered();
  await expectNothingKept();
});

test('polls whose SQL does not end are given up long before the role’s own limit', async () => {
  await setSleep(3_600);
  const startedAt = performance.now();
  const replies = await polls(48);
  // Three rounds of sixteen threads, eight seconds each at most; the role would let each go on for thirty.
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  expect(replies.map(({ status }) => status)).toEqual(new Array(48).fill(503));
  expect(replies.every(({ headers }) => headers['retry-after'] === '5')).toBe(true);
  await setSleep(0);
  await expectAllAnswered();
  await expectNothingKept();
});

test('however many polls hang, two connections are left for edits', async () => {
  await setSleep(3_600);
  const stuck = polls(8);
  await expect.poll(busyConnections).toBe(8);
  const refused = await polls(4);
  expect(await busyConnections()).toBeLessThanOrEqual(8);
  // Whoever asks from now on does not sleep; the eight still do.
  await setSleep(0);
  expect((await host.get('/version', 'viewer')).status).toBe(200);
  expect((await makePlan(host)).id).not.toBe(plan.id);
  for (const { status } of [...refused, ...(await stuck)]) expect(status).toBe(503);
  await expectNothingKept();
});

/** As many as there are places for, so that how fast the machine is does not count. */
async function expectAllAnswered(): Promise<void> {
  expect((await polls(8)).map(({ status }) => status)).toEqual(new Array(8).fill(200));
}

/** No connection is busy or waited for, and no thread is at work. */
async function expectNothingKept(): Promise<void> {
  expect(await busyConnections()).toBe(0);
  const pool = async () => Object(await (await fetch(`${node.url}/stand-in/pool`)).json());
  // A thread is at work for a moment longer than its answer travels.
  await expect.poll(pool).toMatchObject({ active: 0, waiting: 0, threads: 0 });
  expect((await pool()).total).toBeLessThanOrEqual(10);
}
