/**
 * The chapters of one iteration with other durations: what each one waits for decides when it starts, as in a cascade of
 * all changes at once. A fixed start stays; a dependency that was broken before may stay as broken, not more. Pure.
 */
import type { ChapterSchedule } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import type { Link } from './network.ts';
import { chainsOf } from './order.ts';
import { linksOf } from './plan-network.ts';

/**
 * - `push`: nothing starts earlier; what comes after starts as much later as it must.
 * - `keep`: what comes after moves along, earlier too; the distance to whatever it waits for is never less.
 */
export type LearnedMode = 'push' | 'keep';

export interface Learned {
  readonly schedule: ChapterSchedule;
  readonly start: number;
  readonly end: number;
}

export function learnedTimes(
  rows: RowMaps,
  schedules: readonly ChapterSchedule[],
  { durationOf, mode }: { readonly durationOf: (schedule: ChapterSchedule) => number; readonly mode: LearnedMode },
): readonly Learned[] {
  const links = linksOf(rows);
  const activities = schedules.map(({ chapter_id, planned_start, planned_end }) => ({
    id: chapter_id,
    duration: planned_end - planned_start,
  }));
  const chains = chainsOf(activities, links);
  const length = schedules.map(durationOf);
  const start = schedules.map(({ planned_start }) => planned_start);
  // A circle leaves no order; then only the ends differ.
  if (chains.kind === 'chains') {
    const due = schedules.map(() => Number.NEGATIVE_INFINITY);
    const along = due.slice();
    const { order, first, to, distance, which } = chains;
    for (const at of order) {
      const { planned_start: was, planned_end: wasEnd, fixed_start } = schedules[at] as ChapterSchedule;
      const own = mode === 'keep' && along[at] !== Number.NEGATIVE_INFINITY ? (along[at] as number) : was;
      if (!fixed_start) start[at] = Math.max(own, due[at] as number);
      const end = (start[at] as number) + (length[at] as number);
      for (let place = first[at] as number; place < (first[at + 1] as number); place += 1) {
        const next = to[place] as number;
        const { kind, lag } = links[which[place] as number] as Link;
        const { planned_start: nextWas, planned_end: nextWasEnd } = schedules[next] as ChapterSchedule;
        const nextLength = length[next] as number;
        const wanted = (kind === 'SS' ? (start[at] as number) : end) + lag - (kind === 'FF' ? nextLength : 0);
        const brokenBefore = Math.max(0, was + (distance[place] as number) - nextWas);
        due[next] = Math.max(due[next] as number, wanted - brokenBefore);
        const felt = kind === 'SS' ? (start[at] as number) - was : end - wasEnd;
        const grown = kind === 'FF' ? nextLength - (nextWasEnd - nextWas) : 0;
        along[next] = Math.max(along[next] as number, nextWas + felt - grown);
      }
    }
  }
  return schedules.map((schedule, at) => {
    const from = start[at] as number;
    return { schedule, start: from, end: from + (length[at] as number) };
  });
}
