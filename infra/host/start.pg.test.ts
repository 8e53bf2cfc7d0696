/** `npm start` as a person meets it: real processes, a data folder of its own, everything gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from '../root.ts';
import { createDatabase } from '../test/database.ts';
import { BASE_PATH } from './base-path.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-start-'));
  await chmod(folder, 0o711);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Run {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exit: Promise<number | null>;
}

function run(environment: Record<string, string>): Run {
  const env = { ...process.env, PORT: '0', MACROPLAN_DATA_DIR: path.join(folder, 'data'), ...environment };
  const child = spawn(process.execPath, ['build.mjs', 'run', 'infra/host/start.ts'], { cwd: ROOT, env });
  started.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exit = once(child, 'close').then(([code]) => code);
  return { child, stdout: () => stdout, stderr: () => stderr, exit };
}

/** Resolves to the address that the ready line names. */
async function ready({ stdout, stderr, child }: Run): Promise<string> {
  for (;;) {
    const url = /^Macroplan is ready at (http:\S+?)\/ /m.exec(stdout())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(`did not start: ${stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function demoRev(url: string): Promise<unknown> {
  const reply = await fetch(`${url}${BASE_PATH}/plans`);
  const { plans } = Object(await reply.json());
  return plans.find(({ code }: { code: string }) => code === 'DEMO')?.rev;
}

describe('npm start', () => {
  test('is ready with a demo plan, stops at a signal, and finds everything again', async () => {
    const first = run({});
    const url = await ready(first);
    const rev = await demoRev(url);
    expect(rev).toBeGreaterThan(5);
    expect(first.stdout().trim().split('\n')).toHaveLength(1);
    first.child.kill('SIGINT');
    expect(await first.exit).toBe(0);
    expect(first.stderr()).toBe('');

    const second = run({});
    expect(await demoRev(await ready(second))).toBe(rev);

    const third = run({});
    expect(await third.exit).toBe(1);
    expect(third.stderr()).toMatch(/^The data folder .* is in use.*\n$/);

    // The terminal closes.
    second.child.kill('SIGHUP');
    expect(await second.exit).toBe(0);
  });

  test('does not listen before the database is at its build, while another migrates', async () => {
    const database = await createDatabase();
    const other = await database.admin.connect();
    try {
      // As a host that migrates at the same time holds it ("macr", migrations/migrate.ts).
      await other.query('select pg_advisory_lock($1)', [0x6d616372]);
      const port = await freePort();
      const waiting = run({ PORT: String(port), DATABASE_URL: database.url, MACROPLAN_SEED: 'none' });
      const isWaiting = `select exists (select from pg_locks where locktype = 'advisory' and not granted) as it`;
      await expect.poll(async () => (await database.admin.query(isWaiting)).rows[0].it, { timeout: 60_000 }).toBe(true);
      await expect(fetch(`http://127.0.0.1:${port}${BASE_PATH}/version`)).rejects.toThrow();
      expect(waiting.stdout()).toBe('');
      await other.query('select pg_advisory_unlock_all()');
      expect((await fetch(`${await ready(waiting)}${BASE_PATH}/version`)).status).toBe(200);
      waiting.child.kill('SIGTERM');
      expect(await waiting.exit).toBe(0);
    } finally {
      other.release();
      await database.drop();
    }
  });

  test('that is told to stop by a service manager answers the edit that it took, which is kept', async () => {
    const database = await createDatabase();
    const locker = await database.admin.connect();
    try {
      const stopped = run({ DATABASE_URL: database.url, MACROPLAN_METRICS_PORT: '0' });
      const url = await ready(stopped);
      await locker.query('begin; select from macroplan.plan_heads for update');
      const id = randomUUID();
      const op = { op: 'insert', table: 'teams', id: randomUUID(), row: { code: 'LAST', name: 'Last' } };
      const body = { cursor: null, client: randomUUID(), edits: [{ id, seq: 1, at: 1, label: 'Last', ops: [op] }] };
      const asked = fetch(`${url}${BASE_PATH}/plans/DEMO/sync`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-atlassian-token': 'no-check',
          'x-macroplan-dev-user': 'lead',
        },
        body: JSON.stringify(body),
      });
      const isWaiting = 'select exists (select from pg_locks where not granted) as it';
      await expect.poll(async () => (await database.admin.query(isWaiting)).rows[0].it).toBe(true);
      stopped.child.kill('SIGTERM');
      // Nobody else gets in meanwhile.
      await expect
        .poll(() =>
          fetch(`${url}${BASE_PATH}/version`).then(
            () => 'open',
            () => 'closed',
          ),
        )
        .toBe('closed');
      await locker.query('commit');
      expect((await (await asked).json()).receipts).toMatchObject([{ edit: id, outcome: 'applied' }]);
      expect(await stopped.exit).toBe(0);
      const kept = await database.admin.query('select outcome from macroplan.receipts where edit_id = $1', [id]);
      expect(kept.rows).toEqual([{ outcome: 'applied' }]);
      expect(stopped.stderr()).toBe('');
    } finally {
      locker.release();
      await database.drop();
    }
  });

  test('names the port that is taken and leaves nothing running', async () => {
    const blocker = createServer();
    const port = await listen(blocker);
    const settings = { DATABASE_URL: inject('postgres').templateUrl, MACROPLAN_SEED: 'none' };
    const taken = run({ ...settings, PORT: String(port) });
    expect(await taken.exit).toBe(1);
    expect(taken.stderr()).toMatch(new RegExp(`^Port ${port} is in use.* PORT=.*\n$`));
    const alsoTaken = run({ ...settings, MACROPLAN_METRICS_PORT: String(port) });
    expect(await alsoTaken.exit).toBe(1);
    expect(alsoTaken.stderr()).toMatch(new RegExp(`^Port ${port} is in use.* MACROPLAN_METRICS_PORT=.*\n$`));
    blocker.close();
  });

  test.each([
    [
      'no server answers',
      (url: URL) => Object.assign(url, { port: '1' }),
      /^No PostgreSQL answers at 127\.0\.0\.1:1\..*\n$/,
    ],
    ['the password is wrong', (url: URL) => Object.assign(url, { password: 'wrong' }), /does not let postgres in/],
    [
      'there is no such database',
      (url: URL) => Object.assign(url, { pathname: '/nowhere' }),
      /^There is no database nowhere/,
    ],
    [
      'there is no such computer',
      (url: URL) => Object.assign(url, { hostname: 'db.invalid' }),
      /^There is no computer called db\.invalid/,
    ],
  ])('says in one sentence that %s', async (_, change, sentence) => {
    const failed = run({ DATABASE_URL: change(new URL(inject('postgres').templateUrl)).href });
    expect(await failed.exit).toBe(1);
    expect(failed.stderr()).toMatch(sentence);
    expect(failed.stderr().trim().split('\n')).toHaveLength(1);
    expect(failed.stderr()).not.toContain('wrong');
  });

  test('refuses to let the network be anybody', async () => {
    const open = run({ HOST: '0.0.0.0' });
    expect(await open.exit).toBe(1);
    expect(open.stderr()).toMatch(/^MACROPLAN_AUTH=dev .*HOST.*\n$/);
  });
});
