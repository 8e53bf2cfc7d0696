/** How far a chapter is, as people on the night mean it, and what a report of progress changes. Pure. */
import type { Changes } from './ops.ts';
import type { ChapterSchedule, Iteration, Status } from './rows.ts';

/** What is shown: the stored status, or `late` where a live iteration has passed the planned time without it. */
export type ShownStatus = Status | 'late';

export const STATUS_WORDS: { readonly [S in ShownStatus]: string } = {
  pending: 'Planned',
  ready: 'Ready',
  running: 'Running',
  late: 'Late',
  blocked: 'Blocked',
  done: 'Done',
  skipped: 'Skipped',
};

/** Most urgent first: what stands for a whole phase. */
export const URGENCY: readonly ShownStatus[] = ['blocked', 'late', 'running', 'ready', 'pending', 'done', 'skipped'];

export const DECISIONS: { readonly [decision: string]: string } = {
  go: 'Go',
  go_with_conditions: 'Go with conditions',
  no_go: 'No go',
};

/** Only a live iteration can be late: a rehearsal that has not begun owes nobody anything. `now` in minutes. */
export function shownStatus(schedule: ChapterSchedule, iteration: Iteration, now: number): ShownStatus {
  return lateBy(schedule, iteration, now) > 0 && schedule.status !== 'blocked' ? 'late' : schedule.status;
}

/** Minutes behind plan now: since the planned end of what runs, since the planned start of what has not begun. */
export function lateBy(schedule: ChapterSchedule, iteration: Iteration, now: number): number {
  if (iteration.state !== 'live') return 0;
  switch (schedule.status) {
    case 'running':
      return Math.max(0, now - schedule.planned_end);
    case 'blocked':
      return Math.max(0, now - (schedule.actual_start === null ? schedule.planned_start : schedule.planned_end));
    case 'pending':
    case 'ready':
      return Math.max(0, now - schedule.planned_start);
    default:
      return 0;
  }
}

/**
 * Minutes later (+) or earlier (−) than planned at the last point that is known; null before anything began. `against`: the
 * start and end of another plan, such as a baseline.
 */
export function variance(
  { planned_start, planned_end, actual_start, actual_end }: ChapterSchedule,
  against: readonly [start: number, end: number] = [planned_start, planned_end],
): number | null {
  if (actual_end !== null) return actual_end - against[1];
  if (actual_start !== null) return actual_start - against[0];
  return null;
}

/** The changes that a report makes at `now`: the status, and the actual times that follow from it. */
export function reportProgress(schedule: ChapterSchedule, status: Status, now: number): Changes<'chapter_schedules'> {
  const { actual_start } = schedule;
  switch (status) {
    case 'running':
      return { status, actual_start: actual_start ?? now, actual_end: null };
    case 'done':
      return { status, actual_start: actual_start ?? now, actual_end: schedule.actual_end ?? now };
    case 'blocked':
      return { status, actual_start, actual_end: null };
    default:
      return { status, actual_start: null, actual_end: null };
  }
}
