/** The counters of a host that is really used, as Prometheus gets them. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { type Host, startHost } from './server.ts';

let database: TestDatabase;
let host: Host;

beforeEach(async () => {
  database = await createDatabase();
  host = await startHost({
    databaseUrl: database.hostUrl,
    dist: await freshBrowserBuild(),
    metrics: { host: '127.0.0.1', port: 0 },
    log: () => undefined,
  });
});
afterEach(async () => {
  await host.close();
  await database.drop();
});

async function ask(path: string, headers: Record<string, string> = {}) {
  const reply = await fetch(host.url + BASE_PATH + path, { headers: { 'x-macroplan-dev-user': 'admin', ...headers } });
  return { status: reply.status, text: await reply.text(), etag: reply.headers.get('etag') ?? '' };
}

async function post(path: string, body: unknown) {
  const headers = {
    'content-type': 'application/json',
    'x-atlassian-token': 'no-check',
    'x-macroplan-dev-user': 'admin',
  };
  const reply = await fetch(host.url + BASE_PATH + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: reply.status, reply: Object(await reply.json()) };
}

async function metrics(): Promise<string> {
  const reply = await fetch(host.metricsUrl ?? '');
  expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return await reply.text();
}

const sample = (text: string, line: string) => {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? null : Number(found.slice(line.length + 1));
};

const ROUTE = `${BASE_PATH}/plans/:plan`;

test('polls, receipts, refusals and errors are counted by kind, and nobody is named', async () => {
  const id = randomUUID();
  expect((await post('/plans', { id, code: 'MARIAPLAN', name: 'Maria', time_zone: 'UTC' })).status).toBe(200);
  const client = randomUUID();
  const phase = { op: 'insert', table: 'phases', id: randomUUID(), row: { code: 'SECRET', name: 'Secret' } };
  const wrong = { ...phase, id: randomUUID(), row: { code: 'X', name: '' } };
  const edits = [phase, wrong].map((op, i) => ({ id: randomUUID(), seq: i + 1, at: 1, label: 'Maria', ops: [op] }));
  const first = await post('/plans/MARIAPLAN/sync', { cursor: null, client, edits });
  await post('/plans/MARIAPLAN/sync', { cursor: null, client, edits });
  const [, refused] = first.reply.receipts;
  const at = await ask('/plans/MARIAPLAN/delta');
  const { cursor } = JSON.parse(at.text);
  const idle = await ask(`/plans/MARIAPLAN/delta?cursor=${cursor}`, { 'if-none-match': at.etag });
  expect([at.status, idle.status]).toEqual([200, 304]);
  expect((await ask('/plans/NOWHERE/delta')).status).toBe(404);
  expect((await ask('/nothing')).status).toBe(404);

  const text = await metrics();
  const one = (line: string) => sample(text, line);
  expect(one('macroplan_receipts_total{outcome="applied",known="false"}')).toBe(1);
  expect(one('macroplan_receipts_total{outcome="applied",known="true"}')).toBe(1);
  expect(one('macroplan_receipts_total{outcome="refused",known="false"}')).toBe(1);
  expect(one(`macroplan_refused_edits_total{code="${refused.refusal.code}"}`)).toBe(1);
  expect(one('macroplan_polls_total{answer="reset"}')).toBe(1);
  expect(one('macroplan_polls_total{answer="unchanged"}')).toBe(1);
  expect(one('macroplan_errors_total{code="not_found"}')).toBe(2);
  const seconds = 'macroplan_http_request_duration_seconds_count';
  expect(one(`${seconds}{method="POST",route="${ROUTE}/sync",status="2xx"}`)).toBe(2);
  expect(one(`${seconds}{method="GET",route="${ROUTE}/delta",status="3xx"}`)).toBe(1);
  expect(one(`${seconds}{method="GET",route="none",status="4xx"}`)).toBe(1);
  expect(one('macroplan_database_up')).toBe(1);
  expect(one('macroplan_pool_connections')).toBeGreaterThan(0);
  expect(one('macroplan_pool_waiting')).toBe(0);
  expect(one('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect(text).not.toMatch(/maria|secret|nowhere|admin|nothing/i);
  expect(text).not.toContain(client);
  expect(text).not.toContain(id);
});

test('mails that wait and mails that were given up are seen, and how long the oldest waits', async () => {
  const mail = `insert into macroplan.mail_outbox (plan_id, dedupe_key, recipient, subject, body, due_at, state)
    values (gen_random_uuid(), $1, 'a@example.com', 'S', '{}', now() - $2::interval, $3)`;
  await database.admin.query(mail, ['a', '20 minutes', 'due']);
  await database.admin.query(mail, ['b', '1 minute', 'due']);
  await database.admin.query(mail, ['c', '1 day', 'parked']);
  const text = await metrics();
  expect(sample(text, 'macroplan_mails_due')).toBe(2);
  expect(sample(text, 'macroplan_mails_overdue')).toBe(1);
  expect(sample(text, 'macroplan_mails_parked')).toBe(1);
  expect(sample(text, 'macroplan_mails_oldest_seconds')).toBeGreaterThanOrEqual(1_200);
});

test('where the database does not answer the counters still come and say so', async () => {
  await metrics();
  await database.admin.query('drop function api.mail_health()');
  const text = await metrics();
  expect(sample(text, 'macroplan_database_up')).toBe(0);
  expect(sample(text, 'macroplan_mails_due')).toBeNull();
});

test('the port of the counters gives away nothing else, and the host’s own port has no counters', async () => {
  const counters = new URL(host.metricsUrl ?? '');
  expect(counters.hostname).toBe('127.0.0.1');
  expect((await fetch(new URL(`${BASE_PATH}/plans`, counters))).status).toBe(404);
  expect((await fetch(counters, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${host.url}/metrics`)).status).toBe(404);
});
