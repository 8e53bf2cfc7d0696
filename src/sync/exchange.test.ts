/** The exchange over a scripted network: only what a server may answer is made up here. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setFields, slipBy } from '../store/ops.ts';
import type { Replica } from '../store/replica.ts';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { columns, integrity, PLAN_ID, SCHEDULE_ID, START, schedule, smallPlan } from '../testing/small-plan.ts';
import { makeExchange } from './exchange.ts';
import { pageWire } from './page-environment.ts';
import { makeTransport, type Wire } from './transport.ts';

beforeEach(freshDisk);

interface Sent {
  readonly path: string;
  readonly body: { readonly edits?: readonly { id: string; seq: number }[]; readonly client?: string } | null;
}

/** Answers requests with one function and remembers them, and how long each would have been waited for. */
function network(answer: (sent: Sent) => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const waitedMs: number[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = {
      path: String(input).replace('/base', ''),
      body: init?.body ? JSON.parse(String(init.body)) : null,
    };
    sent.push(request);
    return answer(request);
  };
  const within: Wire['within'] = (ms, promise) => {
    waitedMs.push(ms);
    return promise;
  };
  const wire = { fetch: fetch as typeof globalThis.fetch, within };
  return { sent, waitedMs, transport: makeTransport('/base', wire, 'planner-a') };
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
  ['a login page', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }), 'web-page'],
  ['a redirect', () => Object.defineProperty(new Response(''), 'type', { value: 'opaqueredirect' }), 'signed-out'],
  ['the sign-in of a network', () => new Response('<html>', { status: 511 }), 'web-page'],
  ['a 401', () => new Response('{}', { status: 401, headers: OURS }), 'signed-out'],
  [
    'an answer for somebody else',
    () => new Response('{}', { headers: { ...OURS, 'X-Macroplan-User': 'other' } }),
    'wrong-user',
  ],
  ['our own 403', () => new Response('{}', { status: 403, headers: OURS }), 'forbidden'],
  ['our own 404', () => new Response('{}', { status: 404, headers: OURS }), 'withdrawn'],
  ['our own 426', () => new Response('{}', { status: 426, headers: OURS }), 'too-old'],
  ['our own 500', () => new Response('{}', { status: 500, headers: OURS }), 'failed'],
  ['our own 429', () => new Response('{}', { status: 429, headers: OURS }), 'busy'],
  [
    'a server of an older protocol',
    () => new Response('{}', { headers: { ...OURS, 'X-Macroplan-Protocol': '0' } }),
    'server-too-old',
  ],
  ['a proxy’s 404', () => new Response('gone', { status: 404 }), 'no-answer'],
  [
    'a proxy’s 502',
    () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
    'no-answer',
  ],
  ['a proxy’s 503', () => new Response('<html>', { status: 503 }), 'busy'],
  ['somebody else’s JSON', () => new Response('{}', { headers: { 'Content-Type': 'application/json' } }), 'unreadable'],
  ['half an answer', () => new Response('{"cursor":"e.2","re', { headers: OURS }), 'unreadable'],
  ['an answer without its rows', () => json({ ...delta(), rows: null, receipts: [] }), 'unreadable'],
])('%s leaves queue and cursor as they were', async (_title, answer, kind) => {
  const replica = await openFilledReplica();
  await slip(replica);
  const { transport } = network(answer);
  await expect(makeExchange(replica, transport)()).rejects.toMatchObject({ kind });
  expect(replica.queue).toHaveLength(1);
  expect(replica.cursor).toBe('e.1');
});

test.each([
  ['5', 5_000],
  // A platform's own header beside ours.
  ['0, 5', 5_000],
  ['5, 0', 5_000],
  ['86400', 600_000],
  ['-5', 0],
  ['Fri, 31 Dec 2100 23:59:59 GMT', 0],
  [null, 0],
])('Retry-After: %s is a pause of %i ms', async (value, retryAfterMs) => {
  const headers = { ...OURS, ...(value === null ? {} : { 'Retry-After': value }) };
  const { transport } = network(() => new Response('{}', { status: 503, headers }));
  await expect(makeExchange(await openFilledReplica(), transport)()).rejects.toMatchObject({ retryAfterMs });
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

test('what the server has since it made the snapshot comes with it, so nothing that was seen goes away meanwhile', async () => {
  const replica = await openReplica();
  const rows = { chapter_schedules: columns('chapter_schedules', [schedule(3, { note: 'seen' })]) };
  const { transport } = network((sent) =>
    sent.path.endsWith('/delta?cursor=e.2')
      ? json(delta({ cursor: 'e.3', rev: 3, rows, ...integrity(3) }))
      : snapshotAnswer(sent, 'e.2'),
  );
  const seen: (string | undefined)[] = [];
  replica.subscribe(() => {
    if (replica.cursor !== '') seen.push(replica.view().rows.chapter_schedules.get(SCHEDULE_ID)?.note);
  });
  await makeExchange(replica, transport)();
  expect(seen).toEqual(['seen']);
  expect(replica.cursor).toBe('e.3');
  expect(replica.matches(integrity(3))).toBe(true);
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
      ? json(delta({ cursor: sent.path.endsWith('=e.9') ? 'e.9' : 'e.3', row_count: 99 }))
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
}, 60_000);

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
    if (path.includes('/delta')) return json(delta());
    const index = Number(path.split('/').at(-1));
    if (index === 1 && isCut) throw new TypeError('network');
    return new Response(parts[index], { headers: OURS });
  });
  const arrived: (number | null)[] = [];
  replica.subscribe(() => arrived.push(replica.syncState().arrived));
  const exchange = makeExchange(replica, transport);
  await expect(exchange()).rejects.toMatchObject({ kind: 'no-answer' });
  expect(replica.cursor).toBe('');
  isCut = false;
  await exchange();
  expect(replica.cursor).toBe('e.2');
  const told = arrived.filter((part, i) => part !== arrived[i - 1]);
  expect(told).toEqual([0, 0.5, null, 0.5, 1, null]);
  expect(sent.filter(({ path }) => path.endsWith('/s/0'))).toHaveLength(1);
});

/** A queue of notes, `bad` on the third; the server fails on it as long as `isBroken`. */
async function poisoned() {
  const replica = await openFilledReplica();
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  const chapter = [...replica.view().rows.chapters.values()][0];
  if (!row || !chapter) throw new Error('schedule and chapter should be there');
  const note = (text: string) => replica.edit(text, [setFields('chapter_schedules', row, { note: text })]);
  const title = (text: string) => replica.edit(text, [setFields('chapters', chapter, { title: text })]);
  for (const text of ['one', 'two']) await title(text);
  await note('bad');
  await title('three');
  await note('on top of bad');
  await title('four');
  const server = { isBroken: true, isDown: false, lastSeq: 0, client: '', arrived: [] as string[], cursor: 1 };
  const { sent, transport } = network((request) => {
    const edits = (request.body?.edits ?? []) as readonly { id: string; seq: number; label: string }[];
    if (server.isDown || (server.isBroken && edits.some(({ label }) => label === 'bad')))
      return new Response('{}', { status: 500, headers: OURS });
    if (edits.length > 0 && request.body?.client === server.client && (edits[0]?.seq ?? 0) <= server.lastSeq)
      return json({ forked: true });
    server.client = request.body?.client ?? server.client;
    server.lastSeq = edits.at(-1)?.seq ?? server.lastSeq;
    server.arrived.push(...edits.map(({ label }) => label));
    server.cursor += 1;
    const receipts = receiptFor(request, { outcome: 'noop', rev: null });
    return json({ ...delta({ cursor: `e.1.${server.cursor}` }), receipts });
  });
  const exchange = makeExchange(replica, transport);
  /** Exchanges as the scheduler would; answers the trouble that was told last. */
  async function exchanges(times: number): Promise<string | null> {
    let trouble: string | null = null;
    for (let i = 0; i < times; i += 1) trouble = (await exchange().catch(() => null))?.trouble ?? trouble;
    return trouble;
  }
  return { replica, server, sent, exchanges };
}

const labels = (replica: Replica) => replica.queue.map(({ edit }) => edit.label);

test('an edit that makes the server fail waits with what builds on it, and the others go on', async () => {
  const { replica, server, sent, exchanges } = await poisoned();
  await exchanges(5);
  expect(labels(replica)).toHaveLength(6);
  expect(sent.every(({ body }) => body?.edits?.length === 6)).toBe(true);
  const trouble = await exchanges(6);
  expect(server.arrived).toEqual(['one', 'two', 'three', 'four']);
  expect(labels(replica)).toEqual(['bad', 'on top of bad']);
  expect(trouble).toContain('The server fails on “bad”');
});

test('while an edit waits that the server fails on, what others did comes in', async () => {
  const { server, exchanges } = await poisoned();
  await exchanges(11);
  const before = server.cursor;
  await exchanges(5);
  expect(server.cursor).toBe(before + 5);
});

test('an edit that was set aside goes out in its order once the server can take it', async () => {
  const { replica, server, exchanges } = await poisoned();
  await exchanges(11);
  server.isBroken = false;
  await exchanges(14);
  expect(labels(replica)).toEqual([]);
  expect(server.arrived.slice(-2)).toEqual(['bad', 'on top of bad']);
});

test('a server that fails at everything makes no edit suspicious, and the order stays', async () => {
  const { replica, server, exchanges } = await poisoned();
  server.isBroken = false;
  server.isDown = true;
  await exchanges(40);
  expect(labels(replica)).toHaveLength(6);
  server.isDown = false;
  await exchanges(8);
  expect(server.arrived).toEqual(['one', 'two', 'bad', 'three', 'on top of bad', 'four']);
});

test('a link too slow for the queue gets fewer edits and more time, until something arrives', async () => {
  const replica = await openFilledReplica();
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  for (let i = 0; i < 20; i += 1) await replica.edit(`${i}`, [setFields('chapter_schedules', row, { note: `${i}` })]);
  let cursor = 1;
  const { sent, waitedMs, transport } = network((request) => {
    if ((request.body?.edits?.length ?? 0) > 2) throw new DOMException('too slow', 'TimeoutError');
    cursor += 1;
    return json({
      ...delta({ cursor: `e.1.${cursor}` }),
      receipts: receiptFor(request, { outcome: 'noop', rev: null }),
    });
  });
  const exchange = makeExchange(replica, transport);
  for (let i = 0; i < 60 && replica.queue.length > 0; i += 1) await exchange().catch(() => null);
  expect(replica.queue).toEqual([]);
  expect(sent[0]?.body?.edits).toHaveLength(20);
  expect(waitedMs.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
  expect(Math.max(...waitedMs)).toBe(120_000);
});

describe('an answer that comes in pieces', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The answer's text in three pieces, one in so many milliseconds, up to the last that comes. */
  function arriving({ everyMs, last }: { everyMs: number; last: number }) {
    let signal: AbortSignal | null | undefined;
    const text = JSON.stringify({ name: 'Zürich' });
    const bytes = new TextEncoder().encode(text);
    const pieces = [bytes.slice(0, 11), bytes.slice(11, 12), bytes.slice(12)];
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: async (stream) => {
        if (sent === last) return new Promise(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
        stream.enqueue(pieces[sent] ?? new Uint8Array());
        sent += 1;
        if (sent === pieces.length) stream.close();
      },
    });
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) => {
      signal = init?.signal;
      return new Response(body, { headers: OURS });
    };
    const transport = makeTransport('', pageWire({ setTimeout, clearTimeout, fetch }), 'planner-a');
    return { text, answer: transport.get('/plans'), isGivenUp: () => signal?.aborted };
  }

  test('is whole however long it takes, where it moves', async () => {
    const { text, answer } = arriving({ everyMs: 9_000, last: 3 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await answer).text).toBe(text);
  });

  test('is given up where it stands still', async () => {
    const { answer, isGivenUp } = arriving({ everyMs: 9_000, last: 2 });
    const failure = answer.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(27_000);
    expect(isGivenUp()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(isGivenUp()).toBe(true);
    expect(await failure).toMatchObject({ kind: 'timed-out' });
  });
});

test('an answer whose receipts settle nothing is told as a standstill', async () => {
  const replica = await openFilledReplica();
  await slip(replica);
  const { transport } = network(() => json({ ...delta({ cursor: 'e.1' }), receipts: [] }));
  expect(await makeExchange(replica, transport)()).toMatchObject({ progress: 'still' });
});

test('a closed plan refuses each edit with its reason and goes on sending what changes', async () => {
  const replica = await openFilledReplica();
  await slip(replica);
  const refusal = { code: 'plan_closed', message: 'The plan is closed.', table: null, id: null, field: null };
  const { transport } = network((sent) =>
    json({ ...delta(), receipts: receiptFor(sent, { outcome: 'refused', rev: null, refusal }) }),
  );
  expect(await makeExchange(replica, transport)()).toMatchObject({ progress: 'some', isMoreToDo: false });
  expect(replica.queue).toEqual([]);
  expect(replica.view().refused[0]?.refusal.code).toBe('plan_closed');
});

test('a quiet plan tells the server’s clock too, by the date of its answers', async () => {
  const replica = await openFilledReplica();
  const answers = [{ Date: 'Sat, 28 Nov 2026 14:46:43 GMT' }, {}, { Date: 'yesterday' }];
  const { transport } = network(() => new Response(null, { status: 304, headers: { ...OURS, ...answers.shift() } }));
  const exchange = makeExchange(replica, transport);
  const told = [await exchange(), await exchange(), await exchange()].map(({ serverNow }) => serverNow);
  expect(told).toEqual([Date.UTC(2026, 10, 28, 14, 46, 43, 500), null, null]);
});

test('the wish of the last delta holds while nothing changes, and a host under load may wish more', async () => {
  const replica = await openFilledReplica();
  let answer = () => json(delta({ cursor: 'e.1', rev: 1, poll_after_ms: 9_000 }));
  const { transport } = network(() => answer());
  const exchange = makeExchange(replica, transport);
  expect((await exchange()).pollAfterMs).toBe(9_000);
  const unchanged = (more = {}) => new Response(null, { status: 304, headers: { ...OURS, ...more } });
  answer = () => unchanged();
  expect((await exchange()).pollAfterMs).toBe(9_000);
  answer = () => unchanged({ 'X-Macroplan-Poll-After': '30000' });
  expect((await exchange()).pollAfterMs).toBe(30_000);
  answer = () => unchanged({ 'X-Macroplan-Poll-After': 'soon' });
  expect((await exchange()).pollAfterMs).toBe(9_000);
});
