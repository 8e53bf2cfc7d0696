/** A host with a primary and a real hot standby, which falls behind, goes away, and is promoted, as standbys do. */
import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { OwnServer } from '../test/own-server.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { type Host, startHost } from './server.ts';

let primary: OwnServer;
let standby: OwnServer;
let host: Host;
let plan: string;
let dist: string;

const OPTIONS = { metrics: { host: '127.0.0.1', port: 0 }, log: () => undefined };

beforeAll(async () => {
  dist = await freshBrowserBuild();
  primary = await OwnServer.create();
  standby = await primary.follow();
});
afterAll(async () => {
  await standby.remove();
  await primary.remove();
});
beforeEach(async () => {
  host = await startHost({ ...OPTIONS, databaseUrl: primary.hostUrl, readDatabaseUrl: standby.hostUrl, dist });
  plan = randomUUID();
  await ask('/plans', { id: plan, code: plan, name: 'Night', time_zone: 'UTC' });
});
afterEach(async () => {
  await host.close();
});

async function ask(path: string, body?: unknown) {
  const headers = {
    'x-macroplan-dev-user': 'admin',
    ...(body ? { 'content-type': 'application/json', 'x-atlassian-token': 'no-check' } : {}),
  };
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const reply = await fetch(host.url + BASE_PATH + path, { headers, ...init });
  return { status: reply.status, reply: Object(await reply.json()) };
}

interface Delta {
  readonly cursor: string;
  readonly rev: number;
  readonly reset: string | null;
  readonly row_count: number;
  readonly rows: { readonly [table: string]: { readonly rows: readonly unknown[] } };
}

const poll = async (cursor: string): Promise<Delta> => (await ask(`/plans/${plan}/delta?cursor=${cursor}`)).reply;

const CLIENT = randomUUID();
let seq = 0;

/** A new team, in one edit; resolves to the reply. */
async function edit(cursor: string | null): Promise<Delta> {
  seq += 1;
  const op = { op: 'insert', table: 'teams', id: randomUUID(), row: { code: `T${seq}`, name: 'Team', email: null } };
  const edits = [{ id: randomUUID(), seq, at: 1, label: 'Team', ops: [op] }];
  const { status, reply } = await ask(`/plans/${plan}/sync`, { cursor, client: CLIENT, edits });
  expect([status, reply.receipts?.[0]?.outcome]).toEqual([200, 'applied']);
  return reply;
}

/** How many reads the standby answered, or the primary for which reason; and whether the standby is asked now. */
async function counted(of = host): Promise<{ readonly [by: string]: number }> {
  const text = await (await fetch(of.metricsUrl ?? '')).text();
  const lines = [...text.matchAll(/^macroplan_standby_(?:reads_total\{by="(\w+)"\}|(fresh)) (\d+)$/gm)];
  return Object.fromEntries(lines.map(([, by, fresh, count]) => [by ?? fresh, Number(count)]));
}

const isFresh = async (of = host) => (await counted(of)).fresh === 1;
const becomes = (fresh: boolean) => expect.poll(() => isFresh(), { timeout: 30_000, interval: 100 }).toBe(fresh);

/** Resolves when the standby has what the primary has. */
async function caughtUp(): Promise<void> {
  const { rows } = await primary.admin.query('select pg_current_wal_flush_lsn() as lsn');
  const has = async () =>
    (await standby.admin.query('select pg_last_wal_replay_lsn() >= $1 as has', [rows[0].lsn])).rows;
  await expect.poll(has, { timeout: 30_000 }).toEqual([{ has: true }]);
}

test('polls are answered by the standby, and edits by the primary', async () => {
  const { cursor, rev } = await edit(null);
  await caughtUp();
  await becomes(true);
  const before = await counted();
  expect(await poll(cursor)).toMatchObject({ cursor, reset: null, rows: {} });
  expect((await ask(`/plans/${plan}/events?before=${rev}`)).status).toBe(200);
  expect((await ask(`/plans/${plan}/state?rev=2`)).status).toBe(200);
  const { reply } = await ask(`/plans/${plan}/snapshot`);
  await caughtUp();
  expect((await ask(`/plans/${plan}/snapshot/${reply.snapshot}/0`)).status).toBe(200);
  const after = await counted();
  expect(after).toEqual({ ...before, standby: (before.standby ?? 0) + 4 });
  const { rows } = await standby.admin.query(
    `select count(*)::int as n from pg_stat_activity where usename = 'macroplan_host'`,
  );
  expect(rows[0].n).toBeGreaterThan(0);
});

test('who has read more than the standby has is answered by the primary, and never told to start anew', async () => {
  const first = await edit(null);
  await caughtUp();
  await becomes(true);
  await standby.admin.query('select pg_wal_replay_pause()');
  const before = await counted();
  try {
    const second = await edit(first.cursor);
    expect(second.rev).toBe(first.rev + 1);
    // The author reads again at once: nothing new, and nothing taken back.
    expect(await poll(second.cursor)).toMatchObject({ cursor: second.cursor, reset: null, rows: {} });
    // A part, a state and lines of the log that only the primary has.
    expect((await ask(`/plans/${plan}/state?rev=${second.rev}`)).status).toBe(200);
    const { reply: log } = await ask(`/plans/${plan}/events?before=${second.rev + 1}`);
    expect(log.events[0].rev).toBe(second.rev);
    const { reply: snapshot } = await ask(`/plans/${plan}/snapshot`);
    expect((await ask(`/plans/${plan}/snapshot/${snapshot.snapshot}/0`)).status).toBe(200);
    // No replica yet: a lagging copy does not decide that either.
    expect(await poll('none')).toMatchObject({ rev: second.rev, reset: 'none' });
    const after = await counted();
    expect((after.behind ?? 0) - (before.behind ?? 0)).toBe(5);
    // Who has read less sees what the standby has – and, once that is too old, what the primary has.
    expect((await poll(first.cursor)).rev).toBe(first.rev);
    await becomes(false);
    expect(await poll(first.cursor)).toMatchObject({ cursor: second.cursor, reset: null });
    expect((await poll(first.cursor)).rows.teams?.rows).toHaveLength(1);
  } finally {
    await standby.admin.query('select pg_wal_replay_resume()');
  }
  await becomes(true);
});

test('replicas fed from a standby that stops for a third of a second again and again never go back and miss nothing', async () => {
  const start = await edit(null);
  await caughtUp();
  await becomes(true);
  const before = await counted();
  const flap = setInterval(() => {
    standby.admin
      .query(`select case when pg_is_wal_replay_paused() then pg_wal_replay_resume() else pg_wal_replay_pause() end`)
      .catch(() => undefined);
  }, 300);
  let isOver = false;
  let last = start;
  async function write(): Promise<void> {
    for (let i = 0; i < 60; i += 1) {
      last = await edit(last.cursor);
      const again = await poll(last.cursor);
      expect([again.cursor, again.reset]).toEqual([last.cursor, null]);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    isOver = true;
  }
  async function watch(): Promise<void> {
    let at = start;
    let teams = 0;
    while (!isOver || at.rev < last.rev) {
      const next = await poll(at.cursor);
      expect(next.reset).toBeNull();
      expect(next.rev).toBeGreaterThanOrEqual(at.rev);
      teams += next.rows.teams?.rows.length ?? 0;
      expect(next.row_count).toBe(start.row_count + teams);
      at = next;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(teams).toBe(60);
  }
  try {
    await Promise.all([write(), watch(), watch(), watch()]);
  } finally {
    clearInterval(flap);
    await standby.admin.query('select pg_wal_replay_resume()');
  }
  const after = await counted();
  for (const by of ['standby', 'behind']) expect(after[by]).toBeGreaterThan(before[by] ?? 0);
});

test('a standby that was promoted is another history, and is not asked', async () => {
  const other = await primary.follow();
  const promoting = await startHost({ ...OPTIONS, databaseUrl: primary.hostUrl, readDatabaseUrl: other.hostUrl, dist });
  try {
    const epoch = async () => (await primary.admin.query('select epoch, timeline from macroplan.meta')).rows;
    const before = await epoch();
    await expect.poll(() => isFresh(promoting)).toBe(true);
    expect((await other.admin.query('select pg_promote() as promoted')).rows).toEqual([{ promoted: true }]);
    const headers = { 'x-macroplan-dev-user': 'admin' };
    const reply = await fetch(`${promoting.url}${BASE_PATH}/plans/${plan}/delta?cursor=none`, { headers });
    expect(reply.status).toBe(200);
    const { standby: answered = 0, failed = 0, fresh } = await counted(promoting);
    expect([answered, failed, fresh]).toEqual([0, 1, 0]);
    // The primary goes on, and nothing was restored.
    expect(await epoch()).toEqual(before);
  } finally {
    await promoting.close();
    await other.remove();
  }
});

/** An address that stays the same while the server behind it comes and goes, as a service's does. */
async function lastingAddress({ hostUrl }: OwnServer) {
  const url = new URL(hostUrl);
  let port = Number(url.port);
  const door = createServer((socket) => {
    const behind = connect(port, '127.0.0.1');
    for (const [one, other] of [[socket, behind] as const, [behind, socket] as const]) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  url.port = String((door.address() as AddressInfo).port);
  return {
    url: url.href,
    leadTo: (server: OwnServer) => {
      port = Number(new URL(server.hostUrl).port);
    },
    close: () => door.close(),
  };
}

test('a standby that was killed and comes back is asked again once it has what was missed', async () => {
  const other = await primary.follow();
  const address = await lastingAddress(other);
  const reading = await startHost({ ...OPTIONS, databaseUrl: primary.hostUrl, readDatabaseUrl: address.url, dist });
  const look = async (cursor: string) => {
    const headers = { 'x-macroplan-dev-user': 'admin' };
    const reply = await fetch(`${reading.url}${BASE_PATH}/plans/${plan}/delta?cursor=${cursor}`, { headers });
    return Object(await reply.json()) as Delta;
  };
  try {
    const { cursor } = await edit(null);
    await expect.poll(() => isFresh(reading)).toBe(true);
    await other.kill('everything');
    const missed = await edit(cursor);
    expect(await look(cursor)).toMatchObject({ rev: missed.rev, reset: null });
    await other.start();
    address.leadTo(other);
    await expect.poll(() => isFresh(reading)).toBe(true);
    const { standby: before = 0 } = await counted(reading);
    const later = await edit(missed.cursor);
    await expect.poll(async () => (await look(cursor)).rev).toBe(later.rev);
    await expect
      .poll(async () => (await look(cursor)) && ((await counted(reading)).standby ?? 0))
      .toBeGreaterThan(before);
  } finally {
    await reading.close();
    address.close();
    await other.remove();
  }
});

test('while the standby is away the primary answers, and nobody waits for it twice', async () => {
  const { cursor } = await edit(null);
  await caughtUp();
  await becomes(true);
  await standby.kill('everything');
  expect(await poll(cursor)).toMatchObject({ cursor, reset: null });
  expect((await counted()).failed).toBe(1);
  // It is not asked again before it has shown that it follows.
  for (let i = 0; i < 3; i += 1) expect((await poll(cursor)).cursor).toBe(cursor);
  expect(await counted()).toMatchObject({ failed: 1, not_fresh: 3, fresh: 0 });
});
