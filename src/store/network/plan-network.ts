/**
 * One iteration of a plan as a network: chapters as they stand, so that slack is measured from planned times, and what
 * has begun or ended counts as it really was. Pure.
 */
import type { ChapterSchedule, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import { type Activity, type Cycle, type Link, networkTimes, type Times } from './network.ts';
import { scheduledIn } from './scheduled.ts';

/** What the window leaves: instants in minutes. */
export interface Limits {
  readonly windowStart: number;
  readonly windowEnd: number;
  /** After it a rollback would not end within the window. */
  readonly rollbackStart: number;
}

export function limitsOf({ window_start, window_end, rollback_minutes }: Iteration): Limits {
  return { windowStart: window_start, windowEnd: window_end, rollbackStart: window_end - rollback_minutes };
}

/**
 * Times of the scheduled chapters of an iteration, slack up to the end of its window and to what must finish before. A chapter without a schedule
 * takes no part; a skipped one holds nobody up beyond what held it up.
 */
export function planTimes(rows: RowMaps, iteration: Iteration, now: number): Times | Cycle {
  const { schedules, index } = scheduledIn(rows, iteration);
  const activities = schedules.map((schedule) => activityOf(schedule, iteration, now));
  const { windowStart, windowEnd } = limitsOf(iteration);
  // What is planned before the window stands there; the window does not move it.
  const start = schedules.reduce((least, { planned_start }) => Math.min(least, planned_start), windowStart);
  return networkTimes({ activities, index, links: linksOf(rows), start, finish: windowEnd });
}

export function linksOf(rows: RowMaps): readonly Link[] {
  return Array.from(rows.dependencies.values(), ({ predecessor_id, successor_id, kind, lag_minutes }) => ({
    from: predecessor_id,
    to: successor_id,
    kind,
    lag: lag_minutes,
  }));
}

/** What runs ends at its planned length after its real start, but not before now. */
function activityOf(schedule: ChapterSchedule, { state }: Iteration, now: number): Activity {
  const { chapter_id: id, planned_start, planned_end, actual_start, actual_end, status, must_finish_by } = schedule;
  const duration = planned_end - planned_start;
  const finishBy = must_finish_by ?? undefined;
  if (status === 'skipped') return { id, duration: 0 };
  if (actual_start !== null) {
    const end = actual_end ?? Math.max(actual_start + duration, state === 'live' ? now : actual_start);
    // What is over can keep no promise any more, nor break one.
    const due = actual_end === null && status !== 'done' ? finishBy : undefined;
    return { id, duration: end - actual_start, startedAt: actual_start, finishBy: due };
  }
  return schedule.fixed_start
    ? { id, duration, fixedStart: planned_start, finishBy }
    : { id, duration, notBefore: planned_start, finishBy };
}
