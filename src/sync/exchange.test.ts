/** The exchange over a scripted network: only what a server may answer is made up here. */
import { beforeEach, expect, test } from 'vitest';
import { setFields, slipBy } from '../store/ops.ts';
import type { Replica } from '../store/replica.ts';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { columns, integrity, PLAN_ID, SCHEDULE_ID, START, schedule, smallPlan } from '../testing/small-plan.ts';
import { makeExchange } from './exchange.ts';
import { makeTransport } from './transport.ts';

beforeEach(freshDisk);

interface Sent {
  readonly path: string;
  readonly body: { readonly edits?: readonly { id: string; seq: number }[]; readonly client?: string } | null;
}

/** Answers requests with one function and remembers them. */
function network(answer: (sent: Sent) => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = {
      path: String(input).replace('/base', ''),
      body: init?.body ? JSON.parse(String(init.body)) : null,
    };
    sent.push(request);
    return answer(request);
  };
  return { sent, transport: makeTransport('/base', fetch as typeof globalThis.fetch, 'planner-a') };
}

const OURS = { 'Content-Type': 'application/json', 'X-Macroplan-Protocol': '1', 'X-Macroplan-User': 'planner-a' };
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: OURS });

const delta = (changes: object = {}) => ({
  cursor: 'e.2',
  rev: 2,
  reset: null,
  now: 1_806_000_000_000,
  poll_after_ms: 7000,
  rows: {},
  events: { cols: [], rows: [] },
  ...integrity(1),
  ...changes,
});

const PLANS = {
  user: { key: 'planner-a', name: 'Planner A' },
  plans: [{ id: PLAN_ID, code: 'P', name: 'P', role: 'planner' }],
};
const part = JSON.stringify({ rows: smallPlan });

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(digest).toString('hex');
}

async function snapshotAnswer({ path }: Sent, cursor: string): Promise<Response> {
  if (path === '/plans') return json(PLANS);
  if (path.includes('/delta')) return json(delta({ cursor, reset: 'epoch' }));
  if (path.endsWith('/snapshot')) {
    return json({ snapshot: 's2', cursor, rev: 2, parts: [{ part: 0, sha256: await sha256(part) }] });
  }
  return new Response(part, { headers: OURS });
}

async function slip(replica: Replica): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (row) await replica.edit('Slip by 30 min', [slipBy(row, 30)]);
}

const receiptFor = (sent: Sent, changes: object = {}) =>
  (sent.body?.edits ?? []).map(({ id, seq }) => ({
    edit: id,
    seq,
    outcome: 'applied',
    rev: 2,
    dup: false,
    merged: [],
    conflict: null,
    refusal: null,
    ...changes,
  }));

test('an empty replica takes a snapshot and learns its role', async () => {
  const replica = await openReplica();
  const { transport } = network((sent) => snapshotAnswer(sent, 'e.2'));
  await makeExchange(replica, transport)();
  expect(replica.cursor).toBe('e.2');
  expect(replica.view().role).toBe('planner');
  expect(replica.matches(integrity(1))).toBe(true);
});

test('a lost answer is followed by the same edit under the same id', async () => {
  const replica = await openFilledReplica();
  await slip(replica);
  let isLost = true;
  const { sent, transport } = network((request) => {
    if (isLost) throw new TypeError('network');
    const moved = schedule(2, { planned_start: START + 30, planned_end: START + 120 });
    const rows = { chapter_schedules: columns('chapter_schedules', [moved]) };
    return json({ ...delta({ rows, ...integrity(2) }), receipts: receiptFor(request, { dup: true }) });
  });
  const exchange = makeExchange(replica, transport);
  await expect(exchange()).rejects.toThrow('cannot be reached');
  expect(replica.queue).toHaveLength(1);
  isLost = false;
  await exchange();
  expect(sent[1]?.body).toEqual(sent[0]?.body);
  expect(replica.queue).toEqual([]);
  expect(replica.view().rows.chapter_schedules.get(SCHEDULE_ID)?.planned_start).toBe(START + 30);
});

test.each([
  ['a login page', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }), 'signed-out'],
  ['a 401', () => new Response('{}', { status: 401, headers: OURS }), 'signed-out'],
  [
    'an answer for somebody else',
    () => new Response('{}', { headers: { ...OURS, 'X-Macroplan-User': 'other' } }),
    'wrong-user',
  ],
  ['our own 404', () => new Response('{}', { status: 404, headers: OURS }), 'forbidden'],
  ['a proxy’s 404', () => new Response('gone', { status: 404 }), 'transient'],
  ['half an answer', () => new Response('{"cursor":"e.2","re', { headers: OURS }), 'transient'],
  ['an answer without its rows', () => json({ ...delta(), rows: null, receipts: [] }), 'transient'],
])('%s leaves queue and cursor as they were', async (_title, answer, kind) => {
  const replica = await openFilledReplica();
  await slip(replica);
  const { transport } = network(answer);
  await expect(makeExchange(replica, transport)()).rejects.toMatchObject({ kind });
  expect(replica.queue).toHaveLength(1);
  expect(replica.cursor).toBe('e.1');
});

test('an edit stays queued over a reset and is sent again under its id', async () => {
  const replica = await openFilledReplica();
  await slip(replica);
  const ids: (string | undefined)[] = [];
  const { transport } = network((sent) => {
    if (!sent.path.endsWith('/sync')) return snapshotAnswer(sent, 'f.2');
    ids.push(sent.body?.edits?.[0]?.id);
    const isFirst = ids.length === 1;
    return json({
      ...delta({ cursor: isFirst ? 'e.1' : 'f.3', reset: isFirst ? 'epoch' : null }),
      receipts: receiptFor(sent),
    });
  });
  const exchange = makeExchange(replica, transport);
  expect(await exchange()).toMatchObject({ isMoreToDo: true });
  expect(replica.cursor).toBe('f.2');
  expect(replica.queue).toHaveLength(1);
  await exchange();
  expect(replica.queue).toEqual([]);
  expect(ids[1]).toBe(ids[0]);
});

test('a forked reply makes the client renumber and send again', async () => {
  const replica = await openFilledReplica();
  await slip(replica);
  const before = replica.clientId;
  const { sent, transport } = network((request) =>
    request.body?.client === before ? json({ forked: true }) : json({ ...delta(), receipts: receiptFor(request) }),
  );
  const exchange = makeExchange(replica, transport);
  expect(await exchange()).toMatchObject({ isMoreToDo: true });
  await exchange();
  expect(replica.queue).toEqual([]);
  expect(sent[1]?.body?.edits?.[0]?.id).toBe(sent[0]?.body?.edits?.[0]?.id);
});

test('a copy that disagrees with the server’s count heals by one snapshot, and says so if it disagrees again', async () => {
  const replica = await openFilledReplica();
  const { transport } = network((sent) =>
    sent.path.includes('/delta')
      ? json(delta({ cursor: `e.${Math.random()}`, row_count: 99 }))
      : snapshotAnswer(sent, 'e.9'),
  );
  const exchange = makeExchange(replica, transport);
  expect(await exchange()).toMatchObject({ isMoreToDo: true, trouble: null });
  expect(replica.cursor).toBe('e.9');
  expect((await exchange())?.trouble).toContain('row_sum');
});

test('500 queued edits leave in 3 requests', async () => {
  const replica = await openFilledReplica();
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  for (let i = 0; i < 500; i += 1)
    await replica.edit(`Note ${i}`, [setFields('chapter_schedules', row, { note: `${i}` })]);
  let requests = 0;
  const { transport } = network((sent) => {
    requests += 1;
    return json({
      ...delta({ cursor: `e.1.${requests}` }),
      receipts: receiptFor(sent, { outcome: 'noop', rev: null }),
    });
  });
  const exchange = makeExchange(replica, transport);
  while ((await exchange())?.isMoreToDo);
  expect(requests).toBe(3);
  expect(replica.queue).toEqual([]);
});

test('nothing is fetched twice of a snapshot that was interrupted', async () => {
  const replica = await openReplica();
  const parts = [
    JSON.stringify({ rows: { phases: smallPlan.phases } }),
    JSON.stringify({ rows: { chapters: smallPlan.chapters } }),
  ];
  const hashes = await Promise.all(parts.map(sha256));
  let isCut = true;
  const { sent, transport } = network(({ path }) => {
    if (path === '/plans') return json(PLANS);
    if (path.endsWith('/snapshot')) {
      return json({
        snapshot: 's',
        cursor: 'e.2',
        rev: 2,
        parts: hashes.map((hash, i) => ({ part: i, sha256: hash })),
      });
    }
    const index = Number(path.split('/').at(-1));
    if (index === 1 && isCut) throw new TypeError('network');
    return new Response(parts[index], { headers: OURS });
  });
  const exchange = makeExchange(replica, transport);
  await expect(exchange()).rejects.toMatchObject({ kind: 'transient' });
  expect(replica.cursor).toBe('');
  isCut = false;
  await exchange();
  expect(replica.cursor).toBe('e.2');
  expect(sent.filter(({ path }) => path.endsWith('/s/0'))).toHaveLength(1);
});
