/**
 * How an iteration will go on from what is known now: what ended is a fact, what runs keeps its planned length, what has
 * not begun waits for its plan, its predecessors and the present. Nothing is pulled forward, because people are booked
 * for the planned time; a reserve shrinks until it is used up. Pure; instants and lengths are minutes.
 */
import type { Activity } from '../network/network.ts';
import { networkTimes } from '../network/network.ts';
import { limitsOf, linksOf } from '../network/plan-network.ts';
import { scheduleAmong, scheduledIn } from '../network/scheduled.ts';
import type { ChapterSchedule, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';

export interface Outlook {
  readonly start: number;
  readonly end: number;
  /** How far it can still slip within the window and before what must finish; negative: it is too late already. */
  readonly slack: number;
  /** Its slip moves the end of all. */
  readonly isCritical: boolean;
}

/** Chapters of one iteration by id. */
export type Forecast = ReadonlyMap<string, Outlook>;

export function forecastOf(rows: RowMaps, iteration: Iteration, now: number): Forecast {
  const present = iteration.state === 'live' ? now : Number.NEGATIVE_INFINITY;
  const scheduled = scheduledIn(rows, iteration);
  const { schedules, index } = scheduled;
  const activities = schedules.map((schedule) =>
    activityOf(schedule, rows.chapters.get(schedule.chapter_id)?.kind === 'buffer', present),
  );
  // What began before it should have is not sent back; its end may still have to wait for another's.
  const links = linksOf(rows).filter(({ to, kind }) => {
    const schedule = scheduleAmong(scheduled, to);
    return schedule && !hasEnded(schedule) && (schedule.actual_start === null || kind === 'FF');
  });
  const { windowStart: start, windowEnd: finish } = limitsOf(iteration);
  const solve = (by: typeof links) => networkTimes({ activities, index, links: by, start, finish });
  let times = solve(links);
  // Chapters that wait for each other have no forecast but their own times; the planner says which they are.
  if (times.kind === 'cycle') times = solve([]);
  const found = new Map<string, Outlook>();
  if (times.kind === 'times') {
    const { earliestStart, earliestFinish, totalSlack, isCritical } = times;
    activities.forEach(({ id }, i) => {
      found.set(id, {
        start: schedules[i]?.actual_start ?? (earliestStart[i] as number),
        end: earliestFinish[i] as number,
        slack: totalSlack[i] as number,
        isCritical: isCritical[i] === 1,
      });
    });
  }
  return found;
}

function activityOf(schedule: ChapterSchedule, isReserve: boolean, present: number): Activity {
  const { chapter_id: id, planned_start, planned_end, actual_start, actual_end, status, must_finish_by } = schedule;
  if (status === 'skipped') return { id, duration: 0 };
  const planned = planned_end - planned_start;
  if (hasEnded(schedule)) {
    // Reported as done by somebody who gave no times: the plan is the best that is known.
    const end = actual_end ?? planned_end;
    const began = Math.min(actual_start ?? planned_start, end);
    return { id, duration: end - began, fixedStart: began };
  }
  const finishBy = must_finish_by ?? undefined;
  if (isReserve) return { id, duration: 0, notBefore: Math.max(planned_end, present), finishBy };
  if (actual_start === null) return { id, duration: planned, notBefore: Math.max(planned_start, present), finishBy };
  return { id, duration: Math.max(planned, present - actual_start), notBefore: actual_start, finishBy };
}

function hasEnded({ status, actual_end }: ChapterSchedule): boolean {
  return status === 'done' || actual_end !== null;
}
