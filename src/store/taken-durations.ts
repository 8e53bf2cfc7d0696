/** How long chapters take, by what is known of it: from the plan, from one iteration as it went, or from all that were held. Pure. */
import type { ChapterSchedule } from './rows.ts';
import type { RowMaps } from './view.ts';

/**
 * - `planned`: as planned. `actual`: as it really took in the same iteration, else as planned.
 * - `middle`, `most`: what half of the iterations in which it was done did not exceed, or nine of ten of them; else as planned.
 */
export type DurationsFrom = 'planned' | 'actual' | 'middle' | 'most';

const PARTS = { middle: 0.5, most: 0.9 } as const;

export function takenDurations(rows: RowMaps, from: DurationsFrom): (schedule: ChapterSchedule) => number {
  if (from === 'planned') return plannedDuration;
  if (from === 'actual') return (schedule) => takenBy(schedule) ?? plannedDuration(schedule);
  const taken = new Map<string, number[]>();
  for (const schedule of rows.chapter_schedules.values()) {
    const minutes = takenBy(schedule);
    if (minutes === null) continue;
    const known = taken.get(schedule.chapter_id);
    if (known === undefined) taken.set(schedule.chapter_id, [minutes]);
    else known.push(minutes);
  }
  for (const minutes of taken.values()) minutes.sort((a, b) => a - b);
  return (schedule) => {
    const minutes = taken.get(schedule.chapter_id) ?? [];
    return minutes[Math.ceil(PARTS[from] * minutes.length) - 1] ?? plannedDuration(schedule);
  };
}

export function plannedDuration({ planned_start, planned_end }: ChapterSchedule): number {
  return planned_end - planned_start;
}

/** When it really began and ended; null where it was not done, or nobody said when. */
export function takenSpan(schedule: ChapterSchedule): readonly [start: number, end: number] | null {
  const { actual_start, actual_end, status } = schedule;
  return actual_start === null || actual_end === null || status !== 'done' ? null : [actual_start, actual_end];
}

function takenBy(schedule: ChapterSchedule): number | null {
  const span = takenSpan(schedule);
  return span === null ? null : span[1] - span[0];
}
