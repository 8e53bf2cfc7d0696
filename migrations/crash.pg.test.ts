/** A server that is killed at its work, over and over, on one data folder that waits for its disk. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kill, OwnServer } from '../infra/test/own-server.ts';
import type { Op, Receipt } from '../src/store/edit.ts';
import { checkPlan } from './invariants.ts';
import { ADMIN, ask, createPlan, edit, type SentEdit, type SyncReply } from './test-plan.ts';

let server: OwnServer;

beforeAll(async () => {
  server = await OwnServer.create();
});

afterAll(async () => {
  await server.remove();
});

const addPhases = (count: number): Op[] =>
  Array.from({ length: count }, () => {
    const id = randomUUID();
    return { op: 'insert', table: 'phases', id, row: { code: id, name: 'Phase' } };
  });

/** What a device sends and, once it heard of it, the receipts. */
interface Request {
  readonly client: string;
  readonly edits: readonly SentEdit[];
  acknowledged: readonly Receipt[] | null;
}

async function send(client: pg.ClientBase | pg.Pool, plan: string, request: Request): Promise<readonly Receipt[]> {
  const { client: device, edits } = request;
  const body = JSON.stringify({ cursor: null, client: device, edits });
  const { receipts }: SyncReply = JSON.parse((await ask(client, 'sync', [ADMIN, plan, body])) ?? '');
  request.acknowledged ??= receipts;
  return receipts;
}

/** How many lines of the log an edit made, and its receipt's rev. */
async function effectOf(plan: string, { id }: SentEdit): Promise<{ lines: number; rev: number | null }> {
  const { rows } = await server.admin.query(
    `select (select count(*)::int from macroplan.event_log where plan_id = $1 and edit_id = $2) as lines,
       (select rev::int from macroplan.receipts where plan_id = $1 and edit_id = $2) as rev`,
    [plan, id],
  );
  return rows[0];
}

/** After a crash: what was acknowledged is there, and every request is there wholly or not at all. Answers how many are. */
async function checkAfterCrash(plan: string, requests: readonly Request[]): Promise<number> {
  await checkPlan(server.admin, plan);
  let there = 0;
  for (const { edits, acknowledged } of requests) {
    const effects = await Promise.all(edits.map((one) => effectOf(plan, one)));
    const isThere = effects[0]?.rev !== null;
    if (isThere) there += 1;
    expect(effects.map(({ lines }) => lines)).toEqual(edits.map(({ ops }) => (isThere ? ops.length : 0)));
    expect(effects.every(({ rev }) => (rev !== null) === isThere)).toBe(true);
    if (acknowledged) expect(effects.map(({ rev }) => rev)).toEqual(acknowledged.map(({ rev }) => rev));
  }
  return there;
}

/** Every device sends everything again: each edit has one effect, and the receipt that it had. */
async function resendAll(plan: string, requests: readonly Request[]): Promise<void> {
  for (const request of requests) {
    const before = await Promise.all(request.edits.map((one) => effectOf(plan, one)));
    const heard = request.acknowledged;
    const receipts = await send(server.host, plan, request);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(request.edits.map(() => 'applied'));
    expect(receipts.map(({ dup }) => dup)).toEqual(before.map(({ rev }) => rev !== null));
    if (heard) expect(receipts.map(({ rev }) => rev)).toEqual(heard.map(({ rev }) => rev));
    const after = await Promise.all(request.edits.map((one) => effectOf(plan, one)));
    expect(after.map(({ lines }) => lines)).toEqual(request.edits.map(({ ops }) => ops.length));
  }
  await checkPlan(server.admin, plan);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openSession(): Promise<pg.Client> {
  const session = new pg.Client(server.hostUrl);
  session.on('error', () => undefined);
  await session.connect();
  return session;
}

test('an edit whose session is killed in the middle is there wholly or not at all, and is made up for', async () => {
  const plan = await createPlan(server.host, 'SESSION');
  const requests: Request[] = [];
  let lost = 0;
  for (const afterMs of [5, 40, 120, 300, 1_500]) {
    const [session, witness] = await Promise.all([openSession(), openSession()]);
    // The server ends every session when one was killed.
    const isDown = new Promise((resolve) => witness.once('end', resolve));
    const { rows } = await session.query('select pg_backend_pid() as pid');
    const request: Request = { client: randomUUID(), edits: [edit(1, addPhases(900))], acknowledged: null };
    requests.push(request);
    const sent = send(session, plan, request).catch((error: unknown) => error);
    await sleep(afterMs);
    kill(rows[0].pid);
    if ((await sent) instanceof Error) lost += 1;
    await Promise.all([isDown, session.end().catch(() => undefined)]);
    await server.reconnect();
    await checkAfterCrash(plan, requests);
  }
  console.log(`killed in the middle of ${lost} of ${requests.length} edits`);
  expect(lost).toBeGreaterThan(0);
  await resendAll(plan, requests);
});

test('a server that is told to stop while it recovers stops, and recovers at its next start', async () => {
  const plan = await createPlan(server.host, 'STOP');
  const request: Request = { client: randomUUID(), edits: [edit(1, addPhases(900))], acknowledged: null };
  const session = await openSession();
  const { rows } = await session.query('select pg_backend_pid() as pid');
  const sent = send(session, plan, request).catch((error: unknown) => error);
  await sleep(100);
  kill(rows[0].pid);
  await sent;
  // By now it has ended all its processes and begun to recover.
  await sleep(50);
  await server.stop();
  await server.start();
  await checkAfterCrash(plan, [request]);
  await resendAll(plan, [request]);
});

/** Devices that push one request after the other until the server goes away; answers what they sent. */
async function pushUntilGone(
  plan: string,
  sessions: readonly pg.Client[],
  onAcknowledged: () => void,
): Promise<Request[]> {
  const work = sessions.map(async (session) => {
    const requests: Request[] = [];
    const client = randomUUID();
    for (let seq = 1; ; seq += 3) {
      const edits = [0, 1, 2].map((i) => edit(seq + i, addPhases(i === 1 ? 40 : 2)));
      const request: Request = { client, edits, acknowledged: null };
      requests.push(request);
      const answer = await send(session, plan, request).catch((error: unknown) => error);
      if (answer instanceof Error) break;
      onAcknowledged();
    }
    await session.end().catch(() => undefined);
    return requests;
  });
  return (await Promise.all(work)).flat();
}

test.each([
  ['postmaster', 150],
  ['everything', 10],
  ['everything', 200],
  ['everything', 700],
] as const)('a server killed (%s) under four pushing devices loses nothing it acknowledged', async (what, afterMs) => {
  const plan = await createPlan(server.host, `KILL-${what}-${afterMs}`);
  const sessions = await Promise.all([openSession(), openSession(), openSession(), openSession()]);
  let pushing: Promise<Request[]> | undefined;
  await new Promise<void>((resolve) => {
    pushing = pushUntilGone(plan, sessions, resolve);
  });
  await sleep(afterMs);
  await server.kill(what);
  const requests = (await pushing) ?? [];
  await server.start();
  const there = await checkAfterCrash(plan, requests);
  const acknowledged = requests.filter((request) => request.acknowledged).length;
  console.log(`${requests.length} requests sent, ${acknowledged} acknowledged, ${there} there`);
  expect(acknowledged).toBeGreaterThan(0);
  await resendAll(plan, requests);
});
