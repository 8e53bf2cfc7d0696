/** Several tabs of one profile over one disk and virtual time: who asks the server, and what the others say meanwhile. */
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { databaseName } from '../store/database.ts';
import { freshDisk } from '../testing/open-replica.ts';
import { CALM, PollingPage, START_MS } from '../testing/polling-page.ts';
import { PLAN_ID, SCHEDULE_ID } from '../testing/small-plan.ts';
import { TabHub } from '../testing/tab-hub.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { SyncError } from './errors.ts';
import type { Exchanged } from './exchange.ts';

beforeEach(freshDisk);

/** Three tabs; the first leads. Whatever is lost between them is up to `isLost`. */
async function tabs(exchange: () => Promise<Exchanged> = async () => CALM, isLost = () => false) {
  const options = { time: new VirtualTime(START_MS), hub: new TabHub({ hasLocks: true }), isLost };
  const a = await PollingPage.first(exchange, options);
  await options.time.pass(0);
  const b = await PollingPage.another(exchange, options);
  const c = await PollingPage.another(exchange, options);
  await options.time.pass(0);
  return { a, b, c, all: [a, b, c], time: options.time };
}

const starts = (pages: readonly PollingPage[]) => pages.map((page) => page.starts);
const lost = () => true;

test('three tabs ask as often as one', async () => {
  const { all, time } = await tabs();
  await time.pass(22_000);
  expect(starts(all)).toEqual([[0, 7, 14, 21], [], []]);
});

test('a follower says what the leader knows', async () => {
  const { a, b, time } = await tabs(() => Promise.reject(new SyncError('no-answer')));
  await time.pass(20_000);
  expect(a.replica.syncState()).toMatchObject({ condition: 'offline', since: START_MS, freshAt: null });
  expect(b.replica.syncState()).toEqual(a.replica.syncState());
});

test('a tab that opens later says at once what the leader knows', async () => {
  const { a, time, b } = await tabs();
  expect(b.replica.syncState()).toMatchObject({ condition: 'online', freshAt: START_MS });
  await time.pass(0);
  expect(b.replica.syncState()).toEqual(a.replica.syncState());
});

test('an edit in a follower leaves through the leader, at once', async () => {
  const { b, all, time } = await tabs();
  await time.pass(1_000);
  await b.slip();
  await time.pass(0);
  expect(starts(all)).toEqual([[0, 1], [], []]);
});

test('an edit in one tab is shown in the others', async () => {
  const { b, c, time } = await tabs();
  await b.slip();
  await time.pass(0);
  const [edit] = c.replica.queue;
  expect(edit?.edit.ops[0]).toMatchObject({ id: SCHEDULE_ID });
});

test('a person who asks in a follower gets an answer', async () => {
  const { a, b, time } = await tabs(() => Promise.reject(new SyncError('signed-out')));
  await time.pass(1_000);
  expect(b.replica.syncState().condition).toBe('signed-out');
  a.exchange = async () => CALM;
  b.replica.requestSync();
  await time.pass(0);
  expect(b.replica.syncState().condition).toBe('online');
});

test('when the leader closes, another leads at once', async () => {
  const { a, all, time } = await tabs();
  await time.pass(1_000);
  a.stop();
  await time.pass(0);
  expect(starts(all)).toEqual([[0], [1], []]);
});

test('with a frozen leader an edit waits three seconds, and then its own tab sends it', async () => {
  const { a, b, all, time } = await tabs();
  a.isFrozen = true;
  await b.slip();
  await time.pass(2_999);
  expect(starts(all)).toEqual([[0], [], []]);
  await time.pass(1);
  expect(starts(all)).toEqual([[0], [3], []]);
});

test('with a frozen leader the others grow old as if they asked in vain, and one takes the lead', async () => {
  const { a, b, c, time } = await tabs();
  a.isFrozen = true;
  b.attention = 'hidden';
  await time.pass(4_000);
  expect(c.replica.syncState()).toMatchObject({ condition: 'online', freshAt: START_MS, missedPolls: 0 });
  await time.pass(7_000);
  expect(c.replica.syncState()).toMatchObject({ freshAt: START_MS, missedPolls: 1 });
  await time.pass(5_000);
  expect(starts([a, b, c])).toEqual([[0], [], [15]]);
  expect(c.replica.syncState()).toMatchObject({ freshAt: START_MS + 15_000, missedPolls: 0 });
  expect(b.replica.syncState()).toMatchObject({ freshAt: START_MS + 15_000, missedPolls: 0 });
});

test('a leader that thaws follows the one that took its place', async () => {
  const { a, b, c, time } = await tabs();
  a.isFrozen = true;
  await time.pass(20_000);
  a.thaw();
  await time.pass(1_000);
  const before = a.starts.length;
  await time.pass(60_000);
  expect(a.starts).toHaveLength(before);
  expect(a.replica.syncState()).toEqual((b.starts.length > 0 ? b : c).replica.syncState());
});

test('where all are hidden a silent leader is replaced as well, later', async () => {
  const { a, b, c, time } = await tabs();
  for (const page of [a, b, c]) page.attention = 'hidden';
  a.isFrozen = true;
  await time.pass(80_000);
  expect(b.starts.length + c.starts.length).toBeGreaterThan(0);
});

test('a tab that is seen takes over from a leader that is not', async () => {
  const { a, b, c, time } = await tabs();
  c.attention = 'hidden';
  await time.pass(1_000);
  a.attention = 'hidden';
  a.signal('hidden');
  await time.pass(20_000);
  expect(starts([a, b, c])).toEqual([[0], [1, 8, 15], []]);
});

test('where no tab is seen one asks once a minute for all', async () => {
  const { all, time } = await tabs();
  for (const page of all) page.attention = 'hidden';
  for (const page of all) page.signal('hidden');
  await time.pass(190_000);
  expect(starts(all)).toEqual([[0, 7, 67, 127, 187], [], []]);
});

test('a tab that comes back into sight asks the hidden leader no favours', async () => {
  const { a, b, c, time } = await tabs();
  for (const page of [a, b, c]) page.attention = 'hidden';
  for (const page of [a, b, c]) page.signal('hidden');
  await time.pass(30_000);
  b.attention = 'active';
  b.signal('attention');
  await time.pass(8_000);
  expect(b.starts).toEqual([30, 37]);
});

test('a message that is lost leaves neither a tab nor an edit behind', async () => {
  let isLossy = false;
  const { a, b, c, time } = await tabs(
    () => Promise.reject(new SyncError('no-answer')),
    () => isLossy,
  );
  await time.pass(9_000);
  isLossy = true;
  await b.slip();
  await time.pass(0);
  expect([a.replica.queue.length, c.replica.queue.length]).toEqual([0, 0]);
  isLossy = false;
  const asked = a.starts.length;
  await time.pass(5_500);
  expect([a.replica.queue.length, c.replica.queue.length]).toEqual([1, 1]);
  expect(a.starts.length).toBeGreaterThan(asked);
});

test('without any message between tabs edits leave, and nobody claims to be fresh who is not', async () => {
  const { a, b, time } = await tabs(undefined, lost);
  await b.slip();
  await time.pass(3_000);
  expect(b.starts.length).toBeGreaterThan(0);
  await time.pass(60_000);
  for (const page of [a, b]) {
    const { freshAt, missedPolls } = page.replica.syncState();
    expect(time.clock() - (freshAt ?? 0) < 16_000 || missedPolls > 1).toBe(true);
  }
});

test('a page that is left frees the lead, and asks again when the reader comes back', async () => {
  const { a, b, c, time } = await tabs();
  await time.pass(1_000);
  a.signal('away');
  await time.pass(0);
  expect(starts([a, b, c])).toEqual([[0], [1], []]);
  await b.slip();
  await time.pass(10_000);
  expect(a.replica.queue).toHaveLength(0);
  a.signal('back');
  await time.pass(0);
  expect(a.replica.queue).toHaveLength(1);
  expect(a.replica.syncState()).toEqual(b.replica.syncState());
  expect(a.starts).toEqual([0]);
});

test('a tab whose disk is gone says so, whatever good news the leader has', async () => {
  const { b, c, time } = await tabs();
  b.replica.database.close();
  b.replica.lost();
  await time.pass(30_000);
  expect(b.replica.syncState().condition).toBe('storage');
  expect(c.replica.syncState().condition).toBe('online');
});

test('a page whose data a newer one has taken says to reload, what waits in it is kept, and it holds up no other', async () => {
  const options = { time: new VirtualTime(START_MS), hub: new TabHub({ hasLocks: true }) };
  const page = await PollingPage.first(async () => CALM, options);
  await options.time.pass(0);
  await page.slip();
  const name = databaseName({ site: 'http://localhost/base', userKey: 'planner-a', planId: PLAN_ID });
  const newer = await openDB(name, 99);
  const roles: string[] = [];
  const link = options.hub.open({ run: (callback) => callback() })({
    onMessage: () => {},
    onRole: (role) => roles.push(role),
  });
  link.lead('wait');
  expect(roles).toEqual(['leader']);
  const { length } = page.starts;
  await options.time.pass(60_000);
  await page.replica.learnClock(5_000).catch(() => undefined);
  expect(page.starts).toHaveLength(length);
  expect(page.replica.syncState()).toMatchObject({
    condition: 'too-old',
    detail: 'A newer Macroplan was opened in another tab.',
  });
  await expect(page.slip()).rejects.toThrow(
    'Your edit could not be kept: a newer Macroplan was opened in another tab, and this page must be reloaded.',
  );
  expect(page.replica.queue).toHaveLength(1);
  expect(await newer.count('queue')).toBe(1);
});

test('thirty tabs that open together ask as one does', async () => {
  const options = { time: new VirtualTime(START_MS), hub: new TabHub({ hasLocks: true }) };
  const pages = [await PollingPage.first(async () => CALM, options)];
  for (let i = 1; i < 30; i += 1) pages.push(await PollingPage.another(async () => CALM, options));
  await options.time.pass(22_000);
  expect(starts(pages).flat()).toEqual([0, 7, 14, 21]);
});

test('without locks each tab asks, half as often, and still tells the others what it stored', async () => {
  const options = { time: new VirtualTime(START_MS), hub: new TabHub({ hasLocks: false }) };
  const a = await PollingPage.first(async () => CALM, options);
  const b = await PollingPage.another(async () => CALM, options);
  await options.time.pass(29_000);
  expect(starts([a, b])).toEqual([
    [0, 14, 28],
    [0, 14, 28],
  ]);
  await b.slip();
  await options.time.pass(0);
  expect(b.starts.at(-1)).toBe(29);
  expect(a.replica.queue).toHaveLength(1);
});
