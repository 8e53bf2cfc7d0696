/** The scheduler in a page of its own, over virtual time: only what an exchange brings is made up here. */
import { beforeEach, expect, test } from 'vitest';
import { freshDisk } from '../testing/open-replica.ts';
import { CALM, PollingPage, START_MS } from '../testing/polling-page.ts';
import { TabHub } from '../testing/tab-hub.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { SyncError } from './errors.ts';
import type { Exchanged } from './exchange.ts';

beforeEach(freshDisk);

const page = (exchange: () => Promise<Exchanged>, { random = 0.5, hasLocks = true } = {}) =>
  PollingPage.first(exchange, { time: new VirtualTime(START_MS), random, hub: new TabHub({ hasLocks }) });

const failing = (error: Error) => () => Promise.reject(error);
const noAnswer = new SyncError('no-answer');

test('asks at once and then as often as the server says', async () => {
  const { time, starts, replica } = await page(async () => CALM);
  await time.pass(15_000);
  expect(starts).toEqual([0, 7, 14]);
  expect(replica.syncState()).toMatchObject({ condition: 'online', missedPolls: 0, freshAt: START_MS + 14_000 });
});

test('the quickest answer tells the server’s clock, until the clock of the device is set', async () => {
  const time = new VirtualTime(START_MS);
  let [aheadMs, takesMs] = [259_200_000, 40];
  const answer = () =>
    new Promise<Exchanged>((resolve) => {
      const serverNow = time.clock() + takesMs / 2 + aheadMs;
      time.setTimer(() => resolve({ ...CALM, serverNow }), takesMs);
    });
  const { replica } = await PollingPage.first(answer, { time, random: 0.5 });
  const offsetMs = () => replica.syncState().clockOffset;
  await time.pass(1_000);
  expect(offsetMs()).toBe(259_200_000);
  [aheadMs, takesMs] = [259_200_300, 800];
  await time.pass(8_000);
  expect(offsetMs(), 'a slower answer knows no better').toBe(259_200_000);
  aheadMs = 5_000;
  await time.pass(8_000);
  expect(offsetMs(), 'the device was three days behind, and is no longer').toBe(5_000);
});

test('what an answer told of the device’s clock is there when the page is opened with no network', async () => {
  const time = new VirtualTime(START_MS);
  let behindMs = 259_200_000;
  const answer = async () => ({ ...CALM, serverNow: time.clock() + behindMs });
  const first = await PollingPage.first(answer, { time });
  await time.pass(1_000);
  first.stop();
  const second = await PollingPage.another(failing(noAnswer), { time });
  expect(second.replica.syncState()).toMatchObject({ clockOffset: behindMs, freshAt: null });
  await time.pass(20_000);
  expect(second.replica.syncState().clockOffset).toBe(behindMs);
  // Somebody sets the clock of the device right.
  behindMs = 0;
  second.exchange = answer;
  await time.pass(60_000);
  second.stop();
  const third = await PollingPage.another(failing(noAnswer), { time });
  expect(third.replica.syncState().clockOffset).toBe(0);
  third.stop();
});

test('answers that find the clock as it was write nothing', async () => {
  const time = new VirtualTime(START_MS);
  let aheadMs = 259_200_000;
  const answer = async () => ({ ...CALM, serverNow: time.clock() + aheadMs });
  const { replica, stop } = await PollingPage.first(answer, { time });
  await time.pass(1_000);
  let writes = 0;
  const { database } = replica;
  const open = database.transaction.bind(database) as (...given: readonly unknown[]) => unknown;
  Object.assign(database, {
    transaction(...given: readonly unknown[]) {
      if (given[1] === 'readwrite') writes += 1;
      return open(...given);
    },
  });
  await time.pass(60_000);
  expect(writes).toBe(0);
  aheadMs += 10_000;
  await time.pass(60_000);
  expect(writes, 'once, when it moved').toBe(1);
  stop();
});

test('a server under load slows everybody down', async () => {
  const { time, starts } = await page(async () => ({ ...CALM, pollAfterMs: 30_000 }));
  await time.pass(61_000);
  expect(starts).toEqual([0, 30, 60]);
});

test('where tabs cannot agree each asks half as often', async () => {
  const { time, starts } = await page(async () => CALM, { hasLocks: false });
  await time.pass(29_000);
  expect(starts).toEqual([0, 14, 28]);
});

test('a page that nobody touches asks every ten seconds', async () => {
  const idle = await page(async () => CALM);
  idle.attention = 'idle';
  await idle.time.pass(21_000);
  expect(idle.starts).toEqual([0, 10, 20]);
});

test('a hidden page asks once a minute', async () => {
  const hidden = await page(async () => CALM);
  hidden.attention = 'hidden';
  await hidden.time.pass(130_000);
  expect(hidden.starts).toEqual([0, 60, 120]);
});

test('an edit leaves at once, and one made meanwhile right after', async () => {
  let finish = () => {};
  const tab = await page(() => new Promise((resolve) => (finish = () => resolve(CALM))));
  const { time, starts } = tab;
  await time.pass(0);
  await tab.slip();
  await time.pass(3_000);
  expect(starts).toEqual([0]);
  finish();
  await time.pass(0);
  expect(starts).toEqual([0, 3]);
  finish();
  await time.pass(1_000);
  await tab.slip();
  await time.pass(0);
  expect(starts).toEqual([0, 3, 4]);
});

test('more to do is done without waiting', async () => {
  let left = 3;
  const { time, starts } = await page(async () => {
    left -= 1;
    return { ...CALM, isMoreToDo: left > 0 };
  });
  await time.pass(1_000);
  expect(starts).toEqual([0, 0, 0]);
});

test('a page that is looked at again asks at once, but not twice within a second', async () => {
  const tab = await page(async () => CALM);
  const { time, starts } = tab;
  await time.pass(3_000);
  tab.signal('attention');
  await time.pass(100);
  tab.signal('attention');
  tab.signal('attention');
  await time.pass(2_000);
  expect(starts).toEqual([0, 3, 4]);
});

test('without an answer it says since when, counts, backs off to a minute and never stops trying', async () => {
  const { time, starts, replica } = await page(failing(noAnswer), { random: 0.999 });
  await time.pass(600_000);
  const gaps = starts.slice(1).map((at, i) => Math.round(at - (starts[i] ?? 0)));
  expect(gaps.slice(0, 7)).toEqual([2, 4, 8, 16, 32, 60, 60]);
  expect(replica.syncState()).toMatchObject({
    condition: 'offline',
    since: 1_806_000_000_000,
    missedPolls: starts.length,
  });
  // The next exchange and the next beat.
  expect(time.armed).toHaveLength(2);
});

test('waits as long as a busy server asks', async () => {
  const busy = new SyncError('busy', { retryAfterMs: 45_000 });
  const tab = await page(failing(busy), { random: 0 });
  await tab.time.pass(10_000);
  await tab.slip();
  tab.signal('attention');
  await tab.time.pass(34_000);
  expect(tab.starts).toEqual([0]);
  await tab.time.pass(6_000);
  expect(tab.starts).toEqual([0, 45]);
});

test('a person who asks need not wait as long as a busy server said', async () => {
  const tab = await page(failing(new SyncError('busy', { retryAfterMs: 45_000 })));
  await tab.time.pass(10_000);
  tab.replica.requestSync();
  await tab.time.pass(0);
  expect(tab.starts).toEqual([0, 10]);
});

test('after the network is back everything is as before', async () => {
  let isBroken = true;
  const { time, replica, starts } = await page(async () => {
    if (isBroken) throw noAnswer;
    return CALM;
  });
  await time.pass(5_000);
  expect(replica.syncState().condition).toBe('offline');
  isBroken = false;
  await time.pass(60_000);
  expect(replica.syncState()).toMatchObject({ condition: 'online', missedPolls: 0 });
  expect((starts.at(-1) ?? 0) - (starts.at(-2) ?? 0)).toBe(7);
});

test('what the server says goes before the words of the table', async () => {
  const { time, replica } = await page(failing(new SyncError('forbidden', { message: 'Only from inside.' })));
  await time.pass(0);
  expect(replica.syncState()).toMatchObject({ condition: 'forbidden', detail: 'Only from inside.' });
});

test('an exchange that never ends is given up, and its late end changes nothing', async () => {
  let finish = () => {};
  const tab = await page(() => new Promise((resolve) => (finish = () => resolve(CALM))), { random: 0.999 });
  await tab.time.pass(301_000);
  expect(tab.replica.syncState()).toMatchObject({ condition: 'offline', detail: 'The server did not answer in time.' });
  finish();
  await tab.time.pass(0);
  expect(tab.replica.syncState().condition).toBe('offline');
  await tab.time.pass(2_000);
  finish();
  await tab.time.pass(0);
  expect(tab.replica.syncState().condition).toBe('online');
});

test('resets without end stop the exchange, say so, and a person starts it again', async () => {
  const reset: Exchanged = { ...CALM, isMoreToDo: true, progress: 'reset' };
  const tab = await page(async () => reset);
  await tab.slip();
  await tab.time.pass(25_000);
  expect(tab.starts).toHaveLength(6);
  expect(tab.replica.syncState()).toMatchObject({
    condition: 'looping',
    detail: expect.stringContaining('code: loop'),
    // A reset alone never says how things stand.
    freshAt: null,
  });
  expect(tab.replica.queue).toHaveLength(1);
  await tab.time.pass(60_000);
  expect(tab.starts.slice(6)).toEqual([30, 60]);
  tab.exchange = async () => CALM;
  tab.replica.requestSync();
  await tab.time.pass(0);
  expect(tab.replica.syncState()).toMatchObject({ condition: 'online', missedPolls: 0, detail: null });
});

test('a loop that ends by itself is left without anybody’s help', async () => {
  const tab = await page(async () => ({ ...CALM, progress: 'reset' }));
  await tab.time.pass(1_000);
  expect(tab.replica.syncState().condition).toBe('looping');
  tab.exchange = async () => CALM;
  await tab.time.pass(30_000);
  expect(tab.replica.syncState().condition).toBe('online');
});

test('answers that change nothing stop it as well, and never come as fast as the server answers', async () => {
  const tab = await page(async () => ({ ...CALM, isMoreToDo: true, progress: 'still' }));
  await tab.time.pass(20_000);
  expect(tab.starts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(tab.replica.syncState().condition).toBe('looping');
});

test('a disk that is gone stays said, also where the server answers', async () => {
  const tab = await page(async () => CALM);
  await tab.time.pass(1_000);
  tab.replica.database.close();
  tab.replica.lost();
  await tab.time.pass(60_000);
  expect(tab.replica.syncState().condition).toBe('storage');
});

test('a bug is reported, and polling goes on', async () => {
  const { time, starts, reports } = await page(failing(new TypeError('undefined is not a plan')));
  await time.pass(20_000);
  expect(reports.length).toBe(starts.length);
  expect(starts.length).toBeGreaterThan(2);
});

test('nothing is asked after the stop', async () => {
  const tab = await page(async () => CALM);
  const { time, starts } = tab;
  await time.pass(0);
  tab.stop();
  await tab.slip();
  await time.pass(60_000);
  expect(starts).toEqual([0]);
});
