/** How dear the sync core is beside the same host and driver doing nothing, and beside bare SQL. */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Pool } from 'pg';
import { createAdmission } from '../infra/host/admission.ts';
import { createApp } from '../infra/host/app.ts';
import { BASE_PATH } from '../infra/host/base-path.ts';
import { freshBrowserBuild } from '../infra/host/browser-build.ts';
import { readBuildOutput } from '../infra/host/build-output.ts';
import { openDoors } from '../infra/host/doors.ts';
import { createMeter } from '../infra/host/meter.ts';
import { openConnections } from '../infra/host/pool.ts';
import { createValve } from '../infra/host/valve.ts';
import { measure, table } from './measure.ts';
import { type BenchServer, plannedSchedules, seedPlan, startBenchServer } from './server.ts';

const POOL = 10;
const WHO = { user_key: 'admin', display_name: 'Admin', groups: ['macroplan-admins'], is_admin: true };

export async function benchSyncCore(): Promise<void> {
  const server = await startBenchServer();
  try {
    const plan = await seedPlan(server, 10_000, 1);
    await benchPolls(server, plan);
    await benchSync(server, plan);
    await benchSnapshot(server, plan);
    await benchGrowth(server);
  } finally {
    await server.stop();
  }
}

/** Through HTTP: an idle poll of a plan, and a `select 1` by the same host, checks, driver and pool. */
async function benchPolls(server: BenchServer, plan: string): Promise<void> {
  const connections = openConnections({ url: server.hostUrl, most: POOL, log: () => undefined });
  const doors = openDoors(connections);
  const bare = async () => {
    const { rows } = await connections.query<{ body: string }>(`select '1' as body`, []);
    return rows[0]?.body ?? '';
  };
  const app = await createApp({
    doors: { ...doors, plans: bare },
    admission: createAdmission({ most: POOL, wait_ms: 1_000 }),
    build: await readBuildOutput(await freshBrowserBuild()),
    auth: { mode: 'dev' },
    adminGroup: 'macroplan-admins',
    bodyBytes: 4 * 1024 * 1024,
    ratePerMinute: 1_000_000_000,
    log: () => undefined,
    meter: createMeter('bench'),
    valve: createValve(() => performance.now()),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const agent = new Agent({ keepAlive: true, maxSockets: POOL });
  const get = (path: string, headers: { [name: string]: string } = {}) => fetchText(agent, { port, path, headers });
  const first = JSON.parse(await get(`${BASE_PATH}/plans/${plan}/delta?cursor=none`)) as { cursor: string };
  const cursor = encodeURIComponent(first.cursor);
  const results = await measure(
    [
      { name: '`select 1` through the host', call: () => get(`${BASE_PATH}/plans`) },
      {
        name: 'idle `/delta` (304)',
        call: () => get(`${BASE_PATH}/plans/${plan}/delta?cursor=${cursor}`, { 'If-None-Match': `"${first.cursor}"` }),
      },
    ],
    { rounds: 9, calls: 3_000, abreast: POOL },
  );
  console.log(table('An idle poll (10,000 rows), 10 requests abreast', results));
  await app.close();
  await connections.close();
  agent.destroy();
}

/** On the driver: one edit of one op, and a bare transaction that updates one row and inserts one line of a log. */
async function benchSync(server: BenchServer, plan: string): Promise<void> {
  await server.admin.query(`
    create table public.bare (id uuid primary key, note text);
    create table public.bare_log (id bigserial primary key, at timestamptz default now(), before jsonb, after jsonb);
    insert into public.bare select gen_random_uuid(), '' from generate_series(1, 10000);
    grant select, update on public.bare to macroplan_host;
    grant insert on public.bare_log to macroplan_host;
    grant usage on sequence public.bare_log_id_seq to macroplan_host;`);
  const ids = (await server.admin.query<{ id: string }>('select id from public.bare limit 1000')).rows.map(
    ({ id }) => id,
  );
  const schedules = await plannedSchedules(server, plan, 1_000);
  const pool = new Pool({ connectionString: server.hostUrl, max: 1 });
  const deltaSql = 'select etag from api.delta($1, $2, null, null)';
  const head = async () => (await pool.query<{ etag: string }>(deltaSql, [WHO, plan])).rows[0]?.etag ?? '';
  const client = randomUUID();
  let seq = 0;
  let cursor = await head();
  const sync = async () => {
    const row = schedules[seq % schedules.length];
    if (!row) throw new Error('The plan has no schedule that may be edited.');
    seq += 1;
    const note = `note ${seq}`;
    const op = { op: 'set', table: 'chapter_schedules', id: row.id, base: { note: row.note }, set: { note } };
    row.note = note;
    const edit = { id: randomUUID(), seq, at: 0, label: 'Note', ops: [op] };
    const { rows } = await pool.query<{ reply: string }>('select api.sync($1, $2, $3) as reply', [
      WHO,
      plan,
      JSON.stringify({ cursor, client, edits: [edit] }),
    ]);
    cursor = (JSON.parse(rows[0]?.reply ?? '{}') as { cursor: string }).cursor;
  };
  const bare = async () => {
    const connection = await pool.connect();
    const id = ids[Math.floor(Math.random() * ids.length)];
    await connection.query('begin');
    await connection.query('update public.bare set note = $2 where id = $1', [id, randomUUID()]);
    await connection.query('insert into public.bare_log (before, after) values ($1, $2)', [
      '{"note":""}',
      '{"note":"x"}',
    ]);
    await connection.query('commit');
    connection.release();
  };
  const results = await measure(
    [
      { name: 'bare transaction: one update, one log line', call: bare },
      { name: '`api.sync` with one op', call: sync },
    ],
    { rounds: 9, calls: 200, abreast: 1 },
  );
  console.log(table('One edit', results));
  await pool.end();
}

/** On the driver: a snapshot of 10,000 rows from its stored parts, and the same bytes from one table. */
async function benchSnapshot(server: BenchServer, plan: string): Promise<void> {
  const pool = new Pool({ connectionString: server.hostUrl, max: 1 });
  const manifestSql = 'select api.snapshot($1, $2) as text';
  const partSql = 'select api.snapshot_part($1, $2, $3, $4) as text';
  const manifest = async () => {
    const { rows } = await pool.query<{ text: string }>(manifestSql, [WHO, plan]);
    return JSON.parse(rows[0]?.text ?? '{}') as { snapshot: string; parts: { part: number }[] };
  };
  const { snapshot, parts } = await manifest();
  await server.admin.query('create table public.same_bytes (part int primary key, body text)');
  for (const { part } of parts) {
    const { rows } = await pool.query<{ text: string }>(partSql, [WHO, plan, snapshot, part]);
    await server.admin.query('insert into public.same_bytes values ($1, $2)', [part, rows[0]?.text]);
  }
  await server.admin.query('grant select on public.same_bytes to macroplan_host');
  const results = await measure(
    [
      {
        name: `the same bytes in ${parts.length} rows of one table`,
        call: async () => {
          await pool.query('select 1');
          for (const { part } of parts) await pool.query('select body from public.same_bytes where part = $1', [part]);
        },
      },
      {
        name: 'snapshot: manifest and stored parts',
        call: async () => {
          const now = await manifest();
          for (const { part } of now.parts) await pool.query(partSql, [WHO, plan, now.snapshot, part]);
        },
      },
    ],
    { rounds: 9, calls: 20, abreast: 1 },
  );
  console.log(table('A snapshot of 10,000 rows', results));
  await pool.end();
}

/** On the driver: an idle poll beside plans of other sizes, and among ever more plans. */
async function benchGrowth(server: BenchServer): Promise<void> {
  const pool = new Pool({ connectionString: server.hostUrl, max: 1 });
  const poll = async (plan: string) => {
    const sql = 'select etag, body from api.delta($1, $2, $3, $3)';
    const etag = (await pool.query<{ etag: string }>('select etag from api.delta($1, $2, null, null)', [WHO, plan]))
      .rows[0]?.etag;
    return () => pool.query(sql, [WHO, plan, etag]);
  };
  const sizes = [100, 1_000, 10_000, 100_000];
  const bySize = [];
  for (const [i, rows] of sizes.entries()) {
    const plan = await seedPlan(server, rows, 100 + i);
    bySize.push({ name: `${rows} rows`, call: await poll(plan) });
  }
  console.log(
    table('An idle poll by the rows of its plan', await measure(bySize, { rounds: 9, calls: 500, abreast: 1 })),
  );

  const plan = await seedPlan(server, 100, 200);
  const alone = await measure([{ name: 'few plans', call: await poll(plan) }], { rounds: 9, calls: 500, abreast: 1 });
  for (let i = 0; i < 1_000; i += 1) {
    const body = { id: randomUUID(), code: `MANY${i}`, name: 'One of many', time_zone: 'UTC' };
    await pool.query('select api.create_plan($1, $2)', [WHO, JSON.stringify(body)]);
  }
  await server.admin.query('analyze');
  const among = await measure([{ name: '1,000 more plans', call: await poll(plan) }], {
    rounds: 9,
    calls: 500,
    abreast: 1,
  });
  console.log(table('An idle poll by the number of plans', [...alone, ...among]));
  await pool.end();
}

interface Get {
  readonly port: number;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
}

/** `node:http` with a keep-alive agent: of Node's clients the one that costs the least beside what is measured. */
function fetchText(agent: Agent, { port, path, headers }: Get): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { agent, host: '127.0.0.1', port, path, headers: { ...headers } },
      (response: IncomingMessage) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode === 200 || statusCode === 304) resolve(text);
          else reject(new Error(`${statusCode} for ${path}: ${text}`));
        });
      },
    );
    request.on('error', reject);
    request.end();
  });
}
