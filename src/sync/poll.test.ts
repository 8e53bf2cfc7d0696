import { beforeEach, expect, test } from 'vitest';
import { StorageError } from '../store/errors.ts';
import { slipBy } from '../store/ops.ts';
import type { Replica } from '../store/replica.ts';
import { freshDisk, openFilledReplica } from '../testing/open-replica.ts';
import { SCHEDULE_ID } from '../testing/small-plan.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { SyncError } from './errors.ts';
import type { Exchanged } from './exchange.ts';
import { startPolling } from './poll.ts';

beforeEach(freshDisk);

const CALM: Exchanged = { isMoreToDo: false, pollAfterMs: 7000, serverNow: null, trouble: null };
const START_MS = 1_806_000_000_000;

/** A page whose exchanges do what `exchange` says; `starts` are the seconds at which they began. */
async function page(exchange: () => Promise<Exchanged | null>, { random = 0.5, isHidden = false } = {}) {
  const replica = await openFilledReplica();
  const time = new VirtualTime(START_MS);
  const starts: number[] = [];
  const reports: unknown[] = [];
  let attention = () => {};
  const stop = startPolling(
    replica,
    () => {
      starts.push((time.clock() - START_MS) / 1000);
      return exchange();
    },
    {
      clock: time.clock,
      random: () => random,
      setTimer: time.setTimer,
      clearTimer: time.clearTimer,
      isHidden: () => isHidden,
      onAttention: (callback) => {
        attention = callback;
        return () => {};
      },
      report: (error) => reports.push(error),
    },
  );
  return { replica, time, starts, reports, stop, look: () => attention() };
}

async function slip(replica: Replica): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (row) await replica.edit('Slip by 5 min', [slipBy(row, 5)]);
}

const failing = (error: Error) => () => Promise.reject(error);
const noAnswer = new SyncError('transient', 'The server cannot be reached.');

test('asks at once and then as often as the server says', async () => {
  const { time, starts, replica } = await page(async () => CALM);
  await time.pass(15_000);
  expect(starts).toEqual([0, 7, 14]);
  expect(replica.syncState()).toMatchObject({ condition: 'online', missedPolls: 0, freshAt: START_MS + 14_000 });
});

test.each([
  [0, 4.25],
  [0.999, 11.5],
])('keeps between 5 and 10 s whatever the server says, with jitter (chance %d)', async (random, seconds) => {
  const { time } = await page(async () => ({ ...CALM, pollAfterMs: random === 0 ? 1 : 3_600_000 }), { random });
  await time.pass(0);
  expect((time.armed[0] ?? 0) / 1000).toBeCloseTo(seconds, 1);
});

test('a hidden page asks once a minute', async () => {
  const { time, starts } = await page(async () => CALM, { isHidden: true });
  await time.pass(130_000);
  expect(starts).toEqual([0, 60, 120]);
});

test('an edit leaves at once, and one made meanwhile right after', async () => {
  let finish = () => {};
  const { time, starts, replica } = await page(() => new Promise((resolve) => (finish = () => resolve(CALM))));
  await time.pass(0);
  await slip(replica);
  await time.pass(3_000);
  expect(starts).toEqual([0]);
  finish();
  await time.pass(0);
  expect(starts).toEqual([0, 3]);
  finish();
  await time.pass(1_000);
  await slip(replica);
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
  const { time, starts, look } = await page(async () => CALM);
  await time.pass(3_000);
  look();
  await time.pass(100);
  look();
  look();
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
  expect(time.armed).toHaveLength(1);
});

test('waits as long as a busy server asks', async () => {
  const busy = new SyncError('transient', 'Busy.', { retryAfterMs: 45_000 });
  const { time, starts } = await page(failing(busy), { random: 0 });
  await time.pass(50_000);
  expect(starts).toEqual([0, 45]);
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

test.each([
  ['signed-out', new SyncError('signed-out', 'You are signed out.')],
  ['wrong-user', new SyncError('wrong-user', 'Somebody else is signed in.')],
  ['forbidden', new SyncError('forbidden', 'You may not read this plan.')],
  ['too-old', new SyncError('too-old', 'Reload the page.')],
  ['storage', new StorageError('The disk is full.')],
] as const)('%s is said with its sentence and looked at again twice a minute', async (condition, error) => {
  const { time, replica, starts } = await page(failing(error));
  await time.pass(61_000);
  expect(replica.syncState()).toMatchObject({ condition, detail: error.message });
  expect(starts).toEqual([0, 30, 60]);
});

test('a bug is reported, and polling goes on', async () => {
  const { time, starts, reports } = await page(failing(new TypeError('undefined is not a plan')));
  await time.pass(20_000);
  expect(reports.length).toBe(starts.length);
  expect(starts.length).toBeGreaterThan(2);
});

test('while another tab exchanges, this one looks again each second and claims nothing', async () => {
  const { time, starts, replica } = await page(async () => null);
  await time.pass(2_500);
  expect(starts).toEqual([0, 1, 2]);
  expect(replica.syncState()).toMatchObject({ condition: 'starting', freshAt: null });
});

test('nothing is asked after the stop', async () => {
  const { time, starts, stop, replica } = await page(async () => CALM);
  await time.pass(0);
  stop();
  await slip(replica);
  await time.pass(60_000);
  expect(starts).toEqual([0]);
});
