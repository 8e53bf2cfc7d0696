/** The chapters that have times in one iteration: what its network, its findings and its rows are all made from. Pure. */
import type { ChapterSchedule, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';

export interface Scheduled {
  readonly schedules: readonly ChapterSchedule[];
  /** Of each chapter that has one, where its schedule stands among them. */
  readonly index: ReadonlyMap<string, number>;
}

// Rows change in place underneath: only the object that holds the tables is new with every change.
const known = new WeakMap<RowMaps, Scheduled & { readonly iteration: string }>();

/** Worked out once for each state of the rows. */
export function scheduledIn(rows: RowMaps, { id: iteration }: Iteration): Scheduled {
  const before = known.get(rows);
  if (before?.iteration === iteration) return before;
  const schedules: ChapterSchedule[] = [];
  const index = new Map<string, number>();
  for (const schedule of rows.chapter_schedules.values()) {
    const { chapter_id, iteration_id } = schedule;
    if (iteration_id !== iteration || !rows.chapters.has(chapter_id)) continue;
    index.set(chapter_id, schedules.length);
    schedules.push(schedule);
  }
  const made = { iteration, schedules, index };
  known.set(rows, made);
  return made;
}

/** What a chapter has in the iteration; undefined where it has no times. */
export function scheduleAmong({ schedules, index }: Scheduled, chapterId: string): ChapterSchedule | undefined {
  const at = index.get(chapterId);
  return at === undefined ? undefined : schedules[at];
}
