import { describe, expect, test } from 'vitest';
import { INSTANCE_J30_1 } from '../../testing/psplib-j301-1.ts';
import { type Activity, type Link, type Network, networkTimes, type Times } from './network.ts';

type Row = readonly [id: string, duration: number, ...after: readonly string[]];

/** `B` waits for A's end with `A`, `A FS+3`; for its start with `A SS+2`; ends after it with `A FF-1`. */
function network(
  rows: readonly Row[],
  more: Partial<Omit<Network, 'activities'>> & { own?: Partial<Activity>[] } = {},
) {
  const links = rows.flatMap(([to, , ...after]) =>
    after.map((text): Link => {
      const [, from = '', kind = 'FS', lag = '0'] = /^(\w+)(?: (FS|SS|FF)([+-]\d+)?)?$/.exec(text) ?? [];
      return { from, to, kind: kind as Link['kind'], lag: Number(lag) };
    }),
  );
  const { own = [], ...rest } = more;
  const activities = rows.map(([id, duration]) => ({ id, duration, ...own.find((each) => each.id === id) }));
  return networkTimes({ activities, links, start: 0, finish: null, ...rest });
}

const NAMES = ['earliestStart', 'earliestFinish', 'latestStart', 'latestFinish', 'totalSlack', 'freeSlack'] as const;

/** ES EF LS LF TS FS of each activity. */
function table(times: ReturnType<typeof networkTimes>): { readonly [id: string]: readonly number[] } {
  if (times.kind !== 'times') throw new Error(times.ids.join());
  return Object.fromEntries([...times.index].map(([id, at]) => [id, NAMES.map((name) => times[name][at] as number)]));
}

function critical(times: ReturnType<typeof networkTimes>): string {
  const { index, isCritical } = times as Times;
  return [...index].flatMap(([id, at]) => (isCritical[at] === 1 ? [id] : [])).join(' ');
}

describe('published instances', () => {
  test('PSPLIB j30 1-1 has the critical path length that its file states', () => {
    const times = network(INSTANCE_J30_1.rows) as Times;
    expect(times.finish).toBe(INSTANCE_J30_1.mpmTime);
  });

  // The nine activities of C. Hendrickson and T. Au, "Project Management for Construction", chapter 10: site clearing to
  // pouring concrete, 30 days.
  test('the nine activities of Hendrickson and Au take 30 days, with the floats of the book', () => {
    const times = network([
      ['A', 4],
      ['B', 3],
      ['C', 8, 'A'],
      ['D', 7, 'A'],
      ['E', 9, 'B', 'C'],
      ['F', 12, 'B', 'C'],
      ['G', 2, 'D', 'E'],
      ['H', 5, 'D', 'E'],
      ['I', 6, 'F', 'G'],
    ]);
    expect(table(times)).toEqual({
      A: [0, 4, 0, 4, 0, 0],
      B: [0, 3, 9, 12, 9, 9],
      C: [4, 12, 4, 12, 0, 0],
      D: [4, 11, 15, 22, 11, 10],
      E: [12, 21, 13, 22, 1, 0],
      F: [12, 24, 12, 24, 0, 0],
      G: [21, 23, 22, 24, 1, 1],
      H: [21, 26, 25, 30, 4, 4],
      I: [24, 30, 24, 30, 0, 0],
    });
    expect(critical(times)).toBe('A C F I');
  });

  // A precedence diagram that project management courses use, with start-to-start links; times worked by hand.
  test('a diagram of fourteen activities with start-to-start links takes 38 days', () => {
    const times = network([
      ['A', 2],
      ['B', 10, 'A SS'],
      ['C', 13, 'A'],
      ['D', 12, 'A'],
      ['E', 12, 'B'],
      ['F', 7, 'B'],
      ['G', 10, 'D'],
      ['H', 16, 'D'],
      ['I', 6, 'F'],
      ['J', 12, 'C', 'G SS'],
      ['K', 5, 'I SS'],
      ['L', 8, 'E', 'I', 'K'],
      ['M', 5, 'H'],
      ['N', 3, 'G', 'J', 'L', 'M'],
    ]);
    expect(critical(times)).toBe('A D H M N');
    expect(table(times)).toMatchObject({
      B: [0, 10, 4, 14, 4, 0],
      G: [14, 24, 23, 33, 9, 1],
      I: [17, 23, 21, 27, 4, 0],
      J: [15, 27, 23, 35, 8, 8],
      K: [17, 22, 22, 27, 5, 1],
      L: [23, 31, 27, 35, 4, 4],
      N: [35, 38, 35, 38, 0, 0],
    });
  });
});

describe('links', () => {
  test('each kind holds back what it names, with lags of both signs', () => {
    const rowsOf = (link: string): readonly Row[] => [
      ['A', 60],
      ['B', 30, link],
    ];
    const startOf = (link: string) => table(network(rowsOf(link))).B?.[0];
    expect(startOf('A')).toBe(60);
    expect(startOf('A FS+15')).toBe(75);
    expect(startOf('A FS-20')).toBe(40);
    expect(startOf('A SS+10')).toBe(10);
    expect(startOf('A SS-10')).toBe(0);
    expect(startOf('A FF')).toBe(30);
    expect(startOf('A FF+15')).toBe(45);
    expect(startOf('A FF-40')).toBe(0);
  });

  test('the strongest of several links between the same two counts', () => {
    const times = network([
      ['A', 240],
      ['B', 300, 'A SS+60', 'A FF+30'],
    ]);
    expect(table(times).B?.slice(0, 2)).toEqual([60, 360]);
  });

  test('what only starts others may itself end last', () => {
    const times = network([
      ['A', 100],
      ['B', 10, 'A SS'],
    ]);
    expect(table(times)).toEqual({ A: [0, 100, 0, 100, 0, 0], B: [0, 10, 90, 100, 90, 90] });
    expect(critical(times)).toBe('A');
  });

  test('a link to what is not in the network binds nobody', () => {
    expect(table(network([['B', 10, 'A']])).B?.[0]).toBe(0);
  });
});

describe('limits', () => {
  const rows: readonly Row[] = [
    ['A', 60],
    ['B', 30, 'A'],
    ['G', 0, 'B'],
  ];

  test('slack is measured to the end of the window, and is negative beyond it', () => {
    expect(table(network(rows, { finish: 120 })).G?.[4]).toBe(30);
    expect(table(network(rows, { finish: 80 })).A?.[4]).toBe(-10);
  });

  test('a plan with gaps is critical from its last gap on', () => {
    const times = network(rows, { own: [{ id: 'B', notBefore: 100 }] });
    expect(critical(times)).toBe('B G');
    expect(table(times).A).toEqual([0, 60, 40, 100, 40, 40]);
  });

  test('a fixed start is a deadline for its predecessors, and has no slack of its own', () => {
    const times = network(rows, { finish: 500, own: [{ id: 'B', fixedStart: 100 }] });
    expect(table(times)).toMatchObject({ A: [0, 60, 40, 100, 40, 40], B: [100, 130, 100, 130, 0, 0] });
    expect(table(times).G?.[4]).toBe(370);
  });

  test('a fixed start that its predecessors miss stays, and they have negative slack', () => {
    const times = network(rows, { own: [{ id: 'B', fixedStart: 45 }] });
    expect(table(times)).toMatchObject({ A: [0, 60, -15, 45, -15, -15], B: [45, 75, 45, 75, 0, 0] });
  });

  test('a fixed start may lie before the window', () => {
    expect(table(network([['A', 10]], { start: 100, own: [{ id: 'A', fixedStart: 90 }] })).A?.[0]).toBe(90);
  });

  test('a deadline takes slack of what leads to it, and moves nothing', () => {
    const times = network(rows, { finish: 500, own: [{ id: 'B', finishBy: 95 }] });
    expect(table(times)).toMatchObject({ A: [0, 60, 5, 65, 5, 0], B: [60, 90, 65, 95, 5, 0] });
    expect(table(times).G?.[4]).toBe(410);
    expect(table(network(rows, { finish: 500, own: [{ id: 'B', finishBy: 70 }] })).A?.[4]).toBe(-20);
    expect(table(network(rows, { finish: 80, own: [{ id: 'B', finishBy: 95 }] })).A?.[4]).toBe(-10);
    expect(table(network(rows, { own: [{ id: 'B', startedAt: 10, finishBy: 45 }] })).B?.[4]).toBe(5);
  });

  test('a network without activities ends where it starts', () => {
    expect(networkTimes({ activities: [], links: [], start: 7, finish: null })).toMatchObject({ finish: 7 });
  });
});

describe('cycles', () => {
  test('a cycle is named in order, without what only leads to it or follows it', () => {
    const times = network([
      ['A', 1],
      ['B', 1, 'A', 'D'],
      ['C', 1, 'B'],
      ['D', 1, 'C'],
      ['E', 1, 'D'],
    ]);
    const { kind, ids } = times as { kind: string; ids: readonly string[] };
    expect(kind).toBe('cycle');
    expect([...ids].sort().join('')).toBe('BCD');
    expect(`${ids.join('')}${ids.join('')}`).toContain('BCD');
  });

  test('an activity that waits for itself is a cycle of one', () => {
    expect(network([['A', 1, 'A SS+5']])).toEqual({ kind: 'cycle', ids: ['A'] });
  });
});
