/**
 * Activities in an order in which each comes after all that it waits for (Kahn, "Topological sorting of large
 * networks", 1962), with the links that leave each one side by side; or the cycle that leaves no such order.
 */
import type { Activity, Cycle, Link } from './network.ts';

export interface Chains {
  readonly kind: 'chains';
  readonly index: ReadonlyMap<string, number>;
  readonly order: Int32Array;
  /** Links of activity `at` are those from `first[at]` up to `first[at + 1]`. */
  readonly first: Int32Array;
  readonly to: Int32Array;
  /** Least minutes from the start of the one to the start of the other. */
  readonly distance: Float64Array;
  /** Which of the links that were given this is. */
  readonly which: Int32Array;
}

export function chainsOf(
  activities: readonly Activity[],
  links: readonly Link[],
  index: ReadonlyMap<string, number> = new Map(activities.map(({ id }, at) => [id, at])),
): Chains | Cycle {
  const count = activities.length;
  const ends = new Int32Array(links.length * 2).fill(-1);
  const first = new Int32Array(count + 1);
  const waiting = new Int32Array(count);
  links.forEach(({ from, to }, i) => {
    const [before, after] = [index.get(from), index.get(to)];
    if (before === undefined || after === undefined) return;
    ends[2 * i] = before;
    ends[2 * i + 1] = after;
    first[before + 1] = (first[before + 1] as number) + 1;
    waiting[after] = (waiting[after] as number) + 1;
  });
  for (let at = 0; at < count; at += 1) first[at + 1] = (first[at + 1] as number) + (first[at] as number);
  const next = first.slice();
  const to = new Int32Array(first[count] as number);
  const which = to.slice();
  const distance = new Float64Array(to.length);
  links.forEach(({ kind, lag }, i) => {
    const [before, after] = [ends[2 * i] as number, ends[2 * i + 1] as number];
    if (before < 0) return;
    const place = next[before] as number;
    next[before] = place + 1;
    to[place] = after;
    which[place] = i;
    distance[place] =
      lag +
      (kind === 'SS' ? 0 : (activities[before] as Activity).duration) -
      (kind === 'FF' ? (activities[after] as Activity).duration : 0);
  });

  const order = new Int32Array(count);
  let known = 0;
  for (let at = 0; at < count; at += 1) if (waiting[at] === 0) order[known++] = at;
  for (let i = 0; i < known; i += 1) {
    const at = order[i] as number;
    for (let link = first[at] as number; link < (first[at + 1] as number); link += 1) {
      const after = to[link] as number;
      waiting[after] = (waiting[after] as number) - 1;
      if (waiting[after] === 0) order[known++] = after;
    }
  }
  if (known === count) return { kind: 'chains', index, order, first, to, distance, which };
  const cycle = cycleAmong(waiting, ends);
  return { kind: 'cycle', ids: cycle.map((at) => (activities[at] as Activity).id) };
}

/** Whatever still waits has a predecessor that still waits, so walking back from any of them runs into a cycle. */
function cycleAmong(waiting: Int32Array, ends: Int32Array): readonly number[] {
  const before = new Map<number, number>();
  for (let i = 0; i < ends.length; i += 2) {
    const [from, to] = [ends[i] as number, ends[i + 1] as number];
    if (from >= 0 && (waiting[from] as number) > 0 && (waiting[to] as number) > 0) before.set(to, from);
  }
  const walked = new Map<number, number>();
  let at = waiting.findIndex((left) => left > 0);
  for (; !walked.has(at); at = before.get(at) as number) walked.set(at, walked.size);
  return [...walked.keys()].slice(walked.get(at)).reverse();
}
