/** The two passes against what slack means, found by trying, and against longest paths found by enumerating them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Activity, type Link, type Network, networkTimes, type Times } from './network.ts';

const KINDS = ['FS', 'SS', 'FF'] as const;
const START = 1_000;

/** Small, dense, acyclic: a link leads from a lower to a higher number; ids are shuffled, so that order says nothing. */
const networks: fc.Arbitrary<Network> = fc
  .record({
    activities: fc.array(
      fc.record({
        duration: fc.integer({ min: 0, max: 30 }),
        notBefore: fc.option(fc.integer({ min: START - 10, max: START + 60 }), { nil: undefined, freq: 4 }),
        fixedStart: fc.option(fc.integer({ min: START - 10, max: START + 60 }), { nil: undefined, freq: 6 }),
        startedAt: fc.option(fc.integer({ min: START - 10, max: START + 60 }), { nil: undefined, freq: 8 }),
        finishBy: fc.option(fc.integer({ min: START, max: START + 150 }), { nil: undefined, freq: 4 }),
      }),
      { minLength: 1, maxLength: 9 },
    ),
    links: fc.array(
      fc.record({
        ends: fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 })),
        kind: fc.constantFrom(...KINDS),
        lag: fc.integer({ min: -25, max: 25 }),
      }),
      { maxLength: 16 },
    ),
    finish: fc.option(fc.integer({ min: START, max: START + 200 }), { nil: null }),
    names: fc.shuffledSubarray([...'abcdefghi'], { minLength: 9, maxLength: 9 }),
  })
  .map(({ activities, links, finish, names }) => ({
    start: START,
    finish,
    activities: activities
      .map((activity, i) => ({ id: names[i] as string, ...activity }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    links: links.flatMap(({ ends: [a, b], kind, lag }) =>
      a === b ? [] : [{ from: names[Math.min(a, b)] as string, to: names[Math.max(a, b)] as string, kind, lag }],
    ),
  }));

/** Earliest starts by asking again until nothing moves (Bellman and Ford): needs no order, and cannot share a mistake with one. */
function earliestStarts({ activities, links, start }: Network): ReadonlyMap<string, number> {
  const by = new Map(activities.map((activity) => [activity.id, activity]));
  const starts = new Map(
    activities.map(({ id, notBefore, fixedStart, startedAt }) => [
      id,
      startedAt ?? fixedStart ?? Math.max(start, notBefore ?? start),
    ]),
  );
  for (let round = 0; round <= activities.length; round += 1) {
    for (const link of links) {
      const [from, to] = [by.get(link.from), by.get(link.to)];
      if (!from || !to || (to.startedAt ?? to.fixedStart) !== undefined) continue;
      starts.set(to.id, Math.max(starts.get(to.id) as number, pushedTo(link, from, to, starts)));
    }
  }
  return starts;
}

function pushedTo({ kind, lag }: Link, from: Activity, to: Activity, starts: ReadonlyMap<string, number>): number {
  const begun = starts.get(from.id) as number;
  if (kind === 'SS') return begun + lag;
  return begun + from.duration + lag - (kind === 'FF' ? to.duration : 0);
}

/** Everything ends in time, also what has a deadline of its own, and no fixed start is missed. */
function isKept({ activities, links, finish }: Network, starts: ReadonlyMap<string, number>, end: number): boolean {
  const by = new Map(activities.map((activity) => [activity.id, activity]));
  const endsInTime = activities.every(({ id, duration, finishBy }) => {
    const last = Math.min(finish ?? end, finishBy ?? Number.POSITIVE_INFINITY);
    return (starts.get(id) as number) + duration <= last;
  });
  return (
    endsInTime &&
    links.every((link) => {
      const [from, to] = [by.get(link.from), by.get(link.to)];
      const due = to?.startedAt === undefined ? to?.fixedStart : undefined;
      return !from || !to || due === undefined || pushedTo(link, from, to, starts) <= due;
    })
  );
}

/** The network where one activity slips from where it stands. */
function slipped(network: Network, id: string, to: number): Network {
  const activities = network.activities.map((activity) =>
    activity.id !== id
      ? activity
      : activity.startedAt === undefined
        ? { ...activity, notBefore: to, fixedStart: undefined }
        : { ...activity, startedAt: to },
  );
  return { ...network, activities };
}

/** A fixed start that is yet to come has no slack by definition. */
const isPromised = ({ fixedStart, startedAt }: Pick<Activity, 'fixedStart' | 'startedAt'>) =>
  fixedStart !== undefined && startedAt === undefined;

const solved = (network: Network) => {
  const times = networkTimes(network);
  if (times.kind !== 'times') throw new Error('there is no cycle in it');
  return times;
};
const at = (times: Times, id: string) => times.index.get(id) as number;

test('the earliest times are those that Bellman and Ford find', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const times = solved(network);
      const starts = earliestStarts(network);
      for (const { id, duration } of network.activities) {
        expect(times.earliestStart[at(times, id)]).toBe(starts.get(id));
        expect(times.earliestFinish[at(times, id)]).toBe((starts.get(id) as number) + duration);
      }
      const ends = network.activities.map(({ id, duration }) => (starts.get(id) as number) + duration);
      expect(times.finish).toBe(Math.max(...ends));
    }),
    { numRuns: 3_000, seed: 1 },
  );
});

test('total slack is the most that one activity can slip with the end and every fixed start kept', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const times = solved(network);
      const isKeptNow = isKept(network, earliestStarts(network), times.finish);
      for (const { id, fixedStart, startedAt } of network.activities) {
        const slack = times.totalSlack[at(times, id)] as number;
        // Where something is missed already, no slip repairs it, and trying tells nothing.
        if (!isKeptNow || isPromised({ fixedStart, startedAt })) continue;
        const from = times.earliestStart[at(times, id)] as number;
        const isKeptAfter = (by: number) => {
          const late = slipped(network, id, from + by);
          return isKept(late, earliestStarts(late), times.finish);
        };
        expect(slack).toBeGreaterThanOrEqual(0);
        expect(isKeptAfter(slack)).toBe(true);
        expect(isKeptAfter(slack + 1)).toBe(false);
      }
    }),
    { numRuns: 2_000, seed: 2 },
  );
});

test('free slack is the most that one activity can slip with all others where they are', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const times = solved(network);
      const before = earliestStarts(network);
      if (!isKept(network, before, times.finish)) return;
      for (const { id, fixedStart, startedAt } of network.activities) {
        if (isPromised({ fixedStart, startedAt })) continue;
        const slack = times.freeSlack[at(times, id)] as number;
        const isAlone = (by: number) => {
          const late = slipped(network, id, (before.get(id) as number) + by);
          const after = earliestStarts(late);
          const haveStayed = network.activities.every(
            (other) => other.id === id || after.get(other.id) === before.get(other.id),
          );
          return haveStayed && isKept(late, after, times.finish);
        };
        expect([isAlone(slack), isAlone(slack + 1)]).toEqual([true, false]);
      }
    }),
    { numRuns: 2_000, seed: 3 },
  );
});

test('an activity is critical exactly where a slip of a minute ends the plan a minute later', () => {
  fc.assert(
    fc.property(networks, (network) => {
      // A fixed start would take up the slip; what is pushed on a fixed start is told by its slack.
      const free = { ...network, activities: network.activities.map((each) => ({ ...each, fixedStart: undefined })) };
      const times = solved(free);
      const endOf = (starts: ReadonlyMap<string, number>) =>
        Math.max(...free.activities.map(({ id, duration }) => (starts.get(id) as number) + duration));
      for (const { id } of free.activities) {
        const from = times.earliestStart[at(times, id)] as number;
        const end = endOf(earliestStarts(slipped(free, id, from + 1)));
        expect(times.isCritical[at(times, id)]).toBe(end > times.finish ? 1 : 0);
      }
    }),
    { numRuns: 2_000, seed: 4 },
  );
});

test('latest times lie total slack after the earliest, and free slack is never more than total slack', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const times = solved(network);
      times.totalSlack.forEach((slack, i) => {
        expect(times.latestStart[i]).toBe((times.earliestStart[i] as number) + slack);
        expect(times.latestFinish[i]).toBe((times.earliestFinish[i] as number) + slack);
        if (times.totalSlack.every((each) => each >= 0)) expect(times.freeSlack[i]).toBeLessThanOrEqual(slack);
      });
    }),
    { numRuns: 1_000, seed: 5 },
  );
});

test('a network with a cycle names one whose every step is a link', () => {
  const tangled = fc.tuple(
    networks,
    fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 })), { minLength: 1, maxLength: 6 }),
  );
  fc.assert(
    fc.property(tangled, ([network, more]) => {
      const ids = network.activities.map(({ id }) => id);
      const idOf = (n: number) => ids[n % ids.length] as string;
      const extra = more.map(([a, b]): Link => ({ from: idOf(a), to: idOf(b), kind: 'FS', lag: 0 }));
      const links = [...network.links, ...extra];
      const times = networkTimes({ ...network, links });
      expect(times.kind === 'cycle').toBe(hasCycle(ids, links));
      if (times.kind !== 'cycle') return;
      const steps = times.ids.map((id, i) => [id, times.ids[(i + 1) % times.ids.length]]);
      for (const [from, to] of steps) expect(links.some((link) => link.from === from && link.to === to)).toBe(true);
      expect(new Set(times.ids).size).toBe(times.ids.length);
    }),
    { numRuns: 2_000, seed: 6 },
  );
});

/** From some activity a walk along links comes back to it. */
function hasCycle(ids: readonly string[], links: readonly Link[]): boolean {
  return ids.some((id) => {
    const seen = new Set(links.filter(({ from }) => from === id).map(({ to }) => to));
    for (const here of seen) for (const { from, to } of links) if (from === here) seen.add(to);
    return seen.has(id);
  });
}
