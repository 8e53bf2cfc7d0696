/** What only the Node host does: pages around the base path, bounds, a database that is away, and a clean end. */
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import type { LogEntry } from './log.ts';
import { type Host, type HostOptions, startHost } from './server.ts';
import { trustedAddresses } from './trusted-addresses.ts';

let database: TestDatabase;
let host: Host;
let logged: LogEntry[];

async function start(options: Partial<HostOptions> = {}): Promise<void> {
  const log = (entry: LogEntry) => void logged.push(entry);
  host = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild(), log, ...options });
}

beforeEach(async () => {
  logged = [];
  database = await createDatabase();
});
afterEach(async () => {
  await host.close();
  await database.drop();
});

async function fetchText(path: string, headers: Record<string, string> = {}) {
  const reply = await fetch(`${host.url}${path}`, { headers, redirect: 'manual' });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

const api = (path: string, headers?: Record<string, string>) => fetchText(`${BASE_PATH}${path}`, headers);

describe('pages', () => {
  test('the root leads to the standalone page, which offers the development users', async () => {
    await start();
    const root = await fetchText('/');
    expect([root.status, root.headers.get('location')]).toEqual([302, `${BASE_PATH}/app`]);
    expect((await api('/app')).text).toContain('<meta name="macroplan-dev-users" content="viewer planner-a ');
  });

  test('the Confluence page looks like one and holds the macro, with nothing inline', async () => {
    await start();
    const { text, headers } = await fetchText('/confluence', { 'x-macroplan-dev-user': 'lead' });
    expect(text).toContain('<meta name="ajs-remote-user" content="lead">');
    expect(text).toContain(`<div data-macroplan data-base="${BASE_PATH}" data-plan="DEMO"></div>`);
    expect(text).not.toMatch(/%[A-Z_]+%|<script(?![^>]*src=)|\son\w+=/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const [, path = ''] of text.matchAll(/(?:src|href)="(\/[^"]+-[^"]+)"/g)) {
      expect((await fetchText(path)).status, path).toBe(200);
    }
  });

  test('behind a proxy nobody is offered development users', async () => {
    await start({ auth: PROXY });
    expect((await api('/app')).text).not.toContain('macroplan-dev-users');
  });
});

const PROXY = {
  mode: 'proxy',
  isTrusted: trustedAddresses('127.0.0.1, ::1'),
  userHeader: 'x-user',
  nameHeader: 'x-name',
  groupsHeader: 'x-groups',
} as const;

describe('identity', () => {
  test('comes from the headers of a trusted proxy', async () => {
    await start({ auth: PROXY, adminGroup: 'staff' });
    const reply = await api('/plans', { 'x-user': 'u7', 'x-name': 'Zo', 'x-groups': 'staff' });
    expect(JSON.parse(reply.text)).toEqual({ user: { key: 'u7', name: 'Zo' }, plans: [] });
    expect((await api('/plans')).status).toBe(401);
  });

  test('comes from nobody else', async () => {
    await start({ auth: { ...PROXY, isTrusted: trustedAddresses('10.0.0.1') } });
    expect((await api('/plans', { 'x-user': 'u7', 'x-macroplan-dev-user': 'admin' })).status).toBe(401);
  });

  test('with development users only from names of this machine', async () => {
    await start();
    const { port } = new URL(host.url);
    const status = await new Promise((resolve) => {
      const options = {
        host: '127.0.0.1',
        port,
        path: `${BASE_PATH}/plans`,
        headers: { host: `evil.example.com:${port}` },
      };
      request(options, (reply) => resolve(reply.resume().statusCode)).end();
    });
    expect(status).toBe(403);
  });
});

describe('bounds', () => {
  test('who asks too often is told to slow down, and others are not', async () => {
    await start({ ratePerMinute: 3 });
    const statuses = [];
    for (let asked = 0; asked < 4; asked += 1) statuses.push((await api('/plans')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const { headers, text } = await api('/plans');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.parse(text).error.code).toBe('slow_down');
    expect((await api('/plans', { 'x-macroplan-dev-user': 'lead' })).status).toBe(200);
  });

  test('a database that is away is 503 with a time to retry, and is found again', async () => {
    await start();
    const name = new URL(database.url).pathname.slice(1);
    // A superuser still gets in.
    await database.admin.query(`alter database ${name} connection limit 0`);
    try {
      await database.admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = $2',
        [name, 'macroplan_host'],
      );
      for (const path of ['/version', '/plans']) {
        const { status, headers, text } = await api(path);
        expect([status, JSON.parse(text).error.code]).toEqual([503, 'busy']);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
    } finally {
      await database.admin.query(`alter database ${name} connection limit -1`);
    }
    expect((await api('/version')).status).toBe(200);
  });

  test('a fault inside says nothing outside, and the log says where', async () => {
    await start();
    await database.admin.query('drop function api.plans(jsonb)');
    const { status, headers, text } = await api('/plans');
    expect([status, JSON.parse(text).error.code]).toEqual([500, 'internal']);
    expect(text).not.toMatch(/api\.|function|jsonb/);
    const [entry] = logged;
    expect(entry).toMatchObject({ status: 500, method: 'GET', route: `${BASE_PATH}/plans` });
    expect(entry?.request_id).toBe(headers.get('x-request-id'));
  });
});

describe('the end', () => {
  test('finishes a request that was taken', async () => {
    await start();
    // Holds up /plans until we let go.
    const locker = await database.admin.connect();
    await locker.query('begin; lock table macroplan.plan_members in access exclusive mode');
    const asked = api('/plans');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const closed = host.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await locker.query('rollback');
    locker.release();
    expect((await asked).status).toBe(200);
    const answered = performance.now();
    await closed;
    // The connection is kept alive for a minute by its client's wish, and must not keep us.
    expect(performance.now() - answered).toBeLessThan(5_000);
    await expect(api('/version')).rejects.toThrow();
  });
});

test('a host looks after a plan that nobody tidied for a day', async () => {
  await start();
  const body = JSON.stringify({
    id: '00000000-0000-4000-8000-000000000001',
    code: 'DUE',
    name: 'Due',
    time_zone: 'UTC',
  });
  const who = { user_key: 'admin', display_name: 'Admin', groups: [], is_admin: true };
  await database.admin.query('select api.create_plan($1, $2)', [who, body]);
  await database.admin.query(`update macroplan.plan_heads set tidied_at = now() - interval '2 days'`);
  await host.close();
  await start();
  await expect
    .poll(
      async () => {
        const { rows } = await database.admin.query(
          "select tidied_at > now() - interval '1 hour' as is_tidy from macroplan.plan_heads",
        );
        return rows[0].is_tidy;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
});
