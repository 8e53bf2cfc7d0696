/**
 * How much of the time that was kept in reserve is used up: a reserve lasts from its planned start to its planned end, and
 * what it waits for eats it from its start. The share used beside the share of the work done tells whether the rest will
 * last (the fever chart of critical-chain planning). Pure; minutes.
 */
import { linksOf } from '../network/plan-network.ts';
import type { RowMaps } from '../view.ts';
import type { Forecast } from './forecast.ts';
import type { Point } from './standing.ts';

export interface Reserves {
  readonly planned: number;
  readonly used: number;
  /** 0 to 1: of the planned minutes of all other chapters, those of chapters that ended. */
  readonly workDone: number;
}

/** Null where nothing is kept in reserve. */
export function reservesOf(rows: RowMaps, points: readonly Point[], forecast: Forecast): Reserves | null {
  const links = linksOf(rows);
  let [planned, used, work, done] = [0, 0, 0, 0];
  for (const { chapter, schedule } of points) {
    const { planned_start: start, planned_end: end, status } = schedule;
    if (status === 'skipped') continue;
    if (chapter.kind !== 'buffer') {
      work += end - start;
      if (status === 'done') done += end - start;
      continue;
    }
    // An FF link bounds its end, which is what is left of it and not what it waits for.
    const waitsUntil = links.reduce((until, { from, to, kind, lag }) => {
      const before = to === chapter.id && kind !== 'FF' ? forecast.get(from) : undefined;
      return before === undefined ? until : Math.max(until, (kind === 'FS' ? before.end : before.start) + lag);
    }, start);
    planned += end - start;
    used += Math.min(end, waitsUntil) - start;
  }
  return planned === 0 ? null : { planned, used, workDone: work === 0 ? 0 : done / work };
}
