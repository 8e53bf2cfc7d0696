/**
 * What one request of each kind costs: processor time of the host and of the database's connections, and bytes on the wire, both
 * ways. Processor time, not waiting, so other work on the machine blurs it little; docs/scaling.md multiplies it.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { BASE_PATH } from '../infra/host/base-path.ts';
import { startBenchHost } from './host.ts';
import { type BenchServer, plannedSchedules, seedPlan, startBenchServer } from './server.ts';

interface Kind {
  readonly name: string;
  readonly calls: number;
  readonly call: (i: number) => Promise<unknown>;
}

export async function benchUnitCosts(): Promise<void> {
  const server = await startBenchServer();
  const plan = await seedPlan(server, 3_000, 1);
  const host = await startBenchHost(server, { MACROPLAN_POOL_SIZE: '2' });
  try {
    const wire = makeWire(host.url, plan);
    const kinds = await kindsOf(wire, server, plan);
    console.log('\n| one … | host, ms | database, ms | bytes down | bytes up |\n|---|---:|---:|---:|---:|');
    for (const { name, calls, call } of kinds) {
      await call(-1);
      const [cpu, bytes] = [await host.cpuSeconds(), wire.bytes()];
      for (let i = 0; i < calls; i += 1) await call(i);
      const [after, bytesAfter] = [await host.cpuSeconds(), wire.bytes()];
      const each = (one: number, other: number, digits: number) => ((other - one) / calls).toFixed(digits);
      const time = (part: 'host' | 'database') => each(cpu[part] * 1_000, after[part] * 1_000, 2);
      const [down, up] = [each(bytes.down, bytesAfter.down, 0), each(bytes.up, bytesAfter.up, 0)];
      console.log(`| ${name} | ${time('host')} | ${time('database')} | ${down} | ${up} |`);
    }
    await tellLog(server);
    wire.close();
  } finally {
    await host.stop();
    await server.stop();
  }
}

type Wire = ReturnType<typeof makeWire>;

/** One connection that is kept, so that its bytes are counted. */
function makeWire(url: string, plan: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);
  let last = { down: 0, up: 0 };
  const ask = (path: string, { etag, body }: { etag?: string; body?: string } = {}) =>
    new Promise<string>((resolve, reject) => {
      const headers = {
        'Accept-Encoding': 'gzip',
        'X-Macroplan-Dev-User': 'lead',
        ...(etag ? { 'If-None-Match': etag } : {}),
        ...(body ? { 'Content-Type': 'application/json', 'X-Atlassian-Token': 'no-check' } : {}),
      };
      const method = body ? 'POST' : 'GET';
      const request = httpRequest(
        { agent, method, hostname, port, path: `${BASE_PATH}/plans/${plan}${path}`, headers },
        (reply) => {
          const chunks: Buffer[] = [];
          const { socket } = reply;
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('end', () => {
            last = { down: socket.bytesRead, up: socket.bytesWritten };
            const bytes = Buffer.concat(chunks);
            resolve((reply.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString());
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return { ask, bytes: () => last, close: () => agent.destroy() };
}

async function kindsOf({ ask }: Wire, server: BenchServer, plan: string): Promise<readonly Kind[]> {
  const rows = await plannedSchedules(server, plan, 400);
  const client = randomUUID();
  const { rows: heads } = await server.admin.query(`select cursor from macroplan.read_head($1, 'lead')`, [plan]);
  const idle: string = heads[0].cursor;
  const cursors = [idle];
  const threeEditsAgo = () => encodeURIComponent(cursors.at(-4) ?? idle);
  const edit = async (i: number) => {
    const row = rows[(i + 1) % rows.length];
    if (!row) throw new Error('The plan has no schedule that may be edited.');
    const set = { note: `note ${i}` };
    const op = { op: 'set', table: 'chapter_schedules', id: row.id, base: { note: row.note }, set };
    row.note = set.note;
    const edits = [{ id: randomUUID(), seq: i + 2, at: Date.now(), label: 'Note', ops: [op] }];
    const reply = await ask('/sync', { body: JSON.stringify({ cursor: cursors.at(-1), client, edits }) });
    cursors.push(JSON.parse(reply).cursor);
  };
  const poll = `/delta?cursor=${encodeURIComponent(idle)}`;
  return [
    { name: 'idle poll (304)', calls: 3_000, call: () => ask(poll, { etag: `"${idle}"` }) },
    { name: 'sync with an edit of one field', calls: 300, call: edit },
    { name: 'poll that brings three rows', calls: 1_000, call: () => ask(`/delta?cursor=${threeEditsAgo()}`) },
    { name: 'manifest of a snapshot', calls: 100, call: () => ask('/snapshot') },
  ];
}

async function tellLog({ admin }: BenchServer): Promise<void> {
  const { rows } = await admin.query(
    `select count(*)::int as events, pg_total_relation_size('macroplan.event_log')::float8 as log,
       (select count(*)::int from macroplan.receipts) as receipts, pg_total_relation_size('macroplan.receipts')::float8 as kept
     from macroplan.event_log`,
  );
  const [{ events, log, receipts, kept }] = rows;
  console.log(
    `\nOn disk, indexes included: ${Math.round(log / events)} bytes an event, ${Math.round(kept / receipts)} a receipt.`,
  );
}
