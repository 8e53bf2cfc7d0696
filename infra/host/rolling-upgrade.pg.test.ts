/** A host of the build before goes on while a newer one brings the database to its own build. */
import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../migrations/migrate.ts';
import { connected } from '../postgres/connected.ts';
import { ROOT } from '../root.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import type { LogEntry } from './log.ts';
import { type Host, startHost } from './server.ts';

const UPGRADES = 4;

let folder: string;
let database: TestDatabase;
let host: Host;
const logged: LogEntry[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-upgrade-'));
  for (const name of ['tables', 'functions', 'grants.sql']) {
    await cp(path.join(ROOT, 'migrations', name), path.join(folder, name), { recursive: true });
  }
  database = await createDatabase();
  const log = (entry: LogEntry) => void logged.push(entry);
  host = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild(), log });
});
afterAll(async () => {
  await host.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(where: string, body?: unknown): Promise<{ status: number; reply: unknown }> {
  const headers = {
    'x-macroplan-dev-user': 'admin',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'x-atlassian-token': 'no-check' }),
  };
  const options = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  const reply = await fetch(host.url + BASE_PATH + where, options);
  return { status: reply.status, reply: await reply.json() };
}

test('while functions are replaced a request is answered or told to come back, and every edit takes effect once', async () => {
  const id = randomUUID();
  expect((await ask('/plans', { id, code: 'ROLL', name: 'Roll', time_zone: 'UTC' })).status).toBe(200);
  const statuses = new Map<number, number>();
  const outcomes: string[] = [];
  let isUpgrading = true;
  const count = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const watch = async () => {
    while (isUpgrading) count((await ask('/plans/ROLL/delta')).status);
  };
  const edit = async () => {
    const client = randomUUID();
    for (let seq = 1; isUpgrading; seq += 1) {
      const row = { code: `T${client.slice(0, 8)}${seq}`, name: 'Team' };
      const op = { op: 'insert', table: 'teams', id: randomUUID(), row };
      const edits = [{ id: randomUUID(), seq, at: 1, label: 'Team', ops: [op] }];
      // On a busy machine a replacement takes longer than an edit waits for its plan; then the page sends it again.
      let answer = await ask('/plans/ROLL/sync', { cursor: null, client, edits });
      for (; answer.status === 503; answer = await ask('/plans/ROLL/sync', { cursor: null, client, edits })) count(503);
      count(answer.status);
      outcomes.push(Object(answer.reply).receipts?.[0]?.outcome);
    }
  };
  const people = [watch(), watch(), edit(), edit()];
  try {
    for (let i = 0; i < UPGRADES; i += 1) {
      await appendFile(path.join(folder, 'functions/doors/version.sql'), `-- build ${i}\n`);
      await connected(database.url, (client) => migrate(client, { folder }));
    }
  } finally {
    isUpgrading = false;
    await Promise.all(people);
  }
  // Waiting for too long, or a function that was replaced in the middle: nothing else, and no deadlock.
  const unexpected = logged.filter(
    ({ status, error }) => status !== 503 || !/^(55P03|XX000)$/.test(Object(error).code),
  );
  expect(unexpected).toEqual([]);
  expect([...statuses.keys()].filter((status) => status !== 503)).toEqual([200]);
  const { rows } = await database.admin.query(
    `select count(*)::int as rows, count(distinct code)::int as codes from macroplan.teams`,
  );
  expect(rows).toEqual([{ rows: outcomes.length, codes: outcomes.length }]);
  expect(outcomes.filter((outcome) => outcome !== 'applied')).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(UPGRADES);
});
