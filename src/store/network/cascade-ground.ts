/** What a cascade stands on: it stays the same while a bar is dragged, and is made once for each state of the rows. Pure. */
import type { ChapterSchedule, Dependency, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import { type Chains, chainsOf } from './order.ts';
import { linksOf } from './plan-network.ts';
import { scheduledIn } from './scheduled.ts';

export interface Ground {
  readonly chains: Chains;
  /** Of each activity, its place in the order. */
  readonly places: Int32Array;
  readonly waits: Waits;
  /** As the chains number them. */
  readonly dependencies: readonly Dependency[];
  readonly schedules: readonly ChapterSchedule[];
  /** Nobody can act on it any more. */
  readonly isOver: Uint8Array;
  /** Does not move for others. */
  readonly isHeld: Uint8Array;
}

/** The links of chains the other way round: activity `at` waits for `links[first[at]]` up to `links[first[at + 1]]`. */
interface Waits {
  readonly first: Int32Array;
  readonly links: Int32Array;
  /** Of each link, whom it comes from. */
  readonly from: Int32Array;
}

const grounds = new WeakMap<RowMaps, { readonly iteration: Iteration; readonly ground: Ground | null }>();

/** Null where the dependencies have a cycle: then nothing is known to come after anything. */
export function groundOf(rows: RowMaps, iteration: Iteration): Ground | null {
  const known = grounds.get(rows);
  if (known?.iteration === iteration) return known.ground;
  const ground = makeGround(rows, iteration);
  grounds.set(rows, { iteration, ground });
  return ground;
}

function makeGround(rows: RowMaps, iteration: Iteration): Ground | null {
  const { schedules, index } = scheduledIn(rows, iteration);
  const activities = schedules.map(({ chapter_id, planned_start, planned_end }) => ({
    id: chapter_id,
    duration: planned_end - planned_start,
  }));
  const chains = chainsOf(activities, linksOf(rows), index);
  if (chains.kind === 'cycle') return null;
  const places = new Int32Array(schedules.length);
  for (const [place, at] of chains.order.entries()) places[at] = place;
  const hasStarted = ({ status, actual_start }: ChapterSchedule) =>
    actual_start !== null || status === 'done' || status === 'skipped';
  return {
    chains,
    places,
    waits: waitsOf(chains),
    dependencies: [...rows.dependencies.values()],
    schedules,
    isOver: Uint8Array.from(schedules, (schedule) => (hasStarted(schedule) ? 1 : 0)),
    isHeld: Uint8Array.from(schedules, (schedule) => (schedule.fixed_start || hasStarted(schedule) ? 1 : 0)),
  };
}

function waitsOf({ first: leaves, to }: Chains): Waits {
  const count = leaves.length - 1;
  const first = new Int32Array(count + 1);
  for (const at of to) first[at + 1] = (first[at + 1] as number) + 1;
  for (let at = 0; at < count; at += 1) first[at + 1] = (first[at + 1] as number) + (first[at] as number);
  const next = first.slice();
  const links = new Int32Array(to.length);
  const from = new Int32Array(to.length);
  for (let at = 0; at < count; at += 1) {
    for (let link = leaves[at] as number; link < (leaves[at + 1] as number); link += 1) {
      const after = to[link] as number;
      from[link] = at;
      links[next[after] as number] = link;
      next[after] = (next[after] as number) + 1;
    }
  }
  return { first, links, from };
}
