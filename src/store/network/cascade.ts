/**
 * What a change of times does to whatever comes after it, told before it is done. A start that is fixed moves for nobody:
 * it is missed, and said to be. A dependency that was broken before may stay as broken, not more. Pure; fast enough to be
 * asked at every move of a pointer.
 */
import type { Chapter, ChapterSchedule, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import type { Link } from './network.ts';
import { type Chains, chainsOf } from './order.ts';
import { linksOf } from './plan-network.ts';

/**
 * - `only`: nothing else moves. `push`: what comes after moves as far as it must, and no further.
 * - `keep`: what comes after moves along, so that the distances stay.
 */
export type CascadeMode = 'only' | 'push' | 'keep';

export interface Retimed {
  readonly chapterId: string;
  readonly start: number;
  readonly end: number;
}

export interface Cascade {
  /** What else moves, and by how many minutes; what comes first is first. */
  readonly slips: readonly { readonly schedule: ChapterSchedule; readonly by: number }[];
  /** Chapters that would begin, or end, before they may. */
  readonly missed: readonly Chapter[];
  /** Minutes by which the last of all that moves ends after the window; 0 where it does not. */
  readonly pastWindow: number;
}

export function cascade(rows: RowMaps, iteration: Iteration, moved: readonly Retimed[], mode: CascadeMode): Cascade {
  const { chains, links, schedules, isOver, isHeld } = groundOf(rows, iteration);
  const start = Float64Array.from(schedules, ({ planned_start }) => planned_start);
  const end = Float64Array.from(schedules, ({ planned_end }) => planned_end);
  const isMoved = new Uint8Array(schedules.length);
  for (const each of moved) {
    const at = chains?.index.get(each.chapterId);
    if (at === undefined) continue;
    [start[at], end[at], isMoved[at]] = [each.start, each.end, 1];
  }
  const due = new Float64Array(schedules.length).fill(Number.NEGATIVE_INFINITY);
  const along = due.slice();
  const slips: { schedule: ChapterSchedule; by: number }[] = [];
  const missed: Chapter[] = [];
  let last = moved.reduce((most, each) => Math.max(most, each.end), 0);
  // Before an activity's turn comes, all that it waits for has had its own.
  for (const at of chains?.order ?? []) {
    const schedule = schedules[at] as ChapterSchedule;
    const { planned_start, planned_end } = schedule;
    if (isMoved[at] === 0 && isHeld[at] === 0 && mode !== 'only') {
      const base = mode === 'keep' && (along[at] as number) > Number.NEGATIVE_INFINITY ? along[at] : planned_start;
      const by = Math.max(base as number, due[at] as number) - planned_start;
      if (by !== 0) {
        start[at] = planned_start + by;
        end[at] = planned_end + by;
        slips.push({ schedule, by });
        last = Math.max(last, planned_end + by);
      }
    }
    if ((due[at] as number) > (start[at] as number) && isOver[at] === 0) {
      const chapter = rows.chapters.get(schedule.chapter_id);
      if (chapter) missed.push(chapter);
    }
    passOn(at);
  }
  return { slips, missed, pastWindow: Math.max(0, last - iteration.window_end) };

  function passOn(at: number): void {
    const { first, to, distance, which } = chains as Chains;
    const { planned_start: was, planned_end: wasEnd } = schedules[at] as ChapterSchedule;
    for (let place = first[at] as number; place < (first[at + 1] as number); place += 1) {
      const next = to[place] as number;
      const { kind, lag } = links[which[place] as number] as Link;
      const nextWas = (schedules[next] as ChapterSchedule).planned_start;
      const length = (end[next] as number) - (start[next] as number);
      const wanted = ((kind === 'SS' ? start[at] : end[at]) as number) + lag - (kind === 'FF' ? length : 0);
      const brokenBefore = Math.max(0, was + (distance[place] as number) - nextWas);
      due[next] = Math.max(due[next] as number, wanted - brokenBefore);
      const felt = kind === 'SS' ? (start[at] as number) - was : (end[at] as number) - wasEnd;
      if (felt !== 0) along[next] = Math.max(along[next] as number, nextWas + felt);
    }
  }
}

interface Ground {
  readonly iteration: Iteration;
  /** Null where the dependencies have a cycle: then nothing is known to come after anything. */
  readonly chains: Chains | null;
  readonly links: readonly Link[];
  readonly schedules: readonly ChapterSchedule[];
  /** Nobody can act on it any more. */
  readonly isOver: Uint8Array;
  /** Does not move for others. */
  readonly isHeld: Uint8Array;
}

const grounds = new WeakMap<RowMaps, Ground>();

/** What stays the same while a bar is dragged. */
function groundOf(rows: RowMaps, iteration: Iteration): Ground {
  const known = grounds.get(rows);
  if (known?.iteration === iteration) return known;
  const schedules = [...rows.chapter_schedules.values()].filter(({ iteration_id }) => iteration_id === iteration.id);
  const links = linksOf(rows);
  const activities = schedules.map(({ chapter_id, planned_start, planned_end }) => ({
    id: chapter_id,
    duration: planned_end - planned_start,
  }));
  const chains = chainsOf(activities, links);
  const hasStarted = ({ status, actual_start }: ChapterSchedule) =>
    actual_start !== null || status === 'done' || status === 'skipped';
  const ground = {
    iteration,
    chains: chains.kind === 'chains' ? chains : null,
    links,
    schedules,
    isOver: Uint8Array.from(schedules, (schedule) => (hasStarted(schedule) ? 1 : 0)),
    isHeld: Uint8Array.from(schedules, (schedule) => (schedule.fixed_start || hasStarted(schedule) ? 1 : 0)),
  };
  grounds.set(rows, ground);
  return ground;
}
