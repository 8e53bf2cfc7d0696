import type { ChapterSchedule } from '../rows.ts';
import { TRANSITIONS } from '../schema.ts';

export interface ScheduleFault {
  readonly about: 'times' | 'status';
  /** Without its full stop. */
  readonly words: string;
}

/** What the server would refuse a whole import for; null where it would not. `before` null: the schedule is new. */
export function scheduleFault(
  { planned_start, planned_end, actual_start, actual_end, status }: ChapterSchedule,
  before: Pick<ChapterSchedule, 'status'> | null,
): ScheduleFault | null {
  if (planned_end < planned_start) return { about: 'times', words: 'It would end before it starts' };
  if (typeof actual_start === 'number' && typeof actual_end === 'number' && actual_end < actual_start)
    return { about: 'times', words: 'It would have ended before it started' };
  if (before === null || status === before.status || TRANSITIONS[before.status]?.includes(status)) return null;
  return { about: 'status', words: `What is ${before.status} cannot become ${status}` };
}
