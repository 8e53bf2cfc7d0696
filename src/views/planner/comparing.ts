/** What the planned times are compared with: a baseline, or another iteration laid on the start of this one’s window. Pure. */
import { sentence } from '../../store/isolated.ts';
import { type ChapterSchedule, type Iteration, scheduleId } from '../../store/rows.ts';
import { takenSpan } from '../../store/taken-durations.ts';
import type { RowMaps } from '../../store/view.ts';

export interface Compared {
  /** Of the baseline or the iteration. */
  readonly id: string;
  readonly name: string;
  /** Ends a comparison: “later than in RUN3”. */
  readonly than: string;
  readonly times: (chapterId: string) => readonly [start: number, end: number] | null;
}

/** Null where `id` names neither a baseline of this iteration nor another iteration. */
export function comparedWith(rows: RowMaps, iteration: Iteration, id: string | null | undefined): Compared | null {
  const baseline = rows.baselines.get(id ?? '');
  if (baseline?.iteration_id === iteration.id) {
    const { name, times } = baseline;
    return { id: baseline.id, name, than: 'in the baseline', times: (chapterId) => times[chapterId] ?? null };
  }
  const other = rows.iterations.get(id ?? '');
  if (other === undefined || other.id === iteration.id) return null;
  const shift = iteration.window_start - other.window_start;
  return {
    id: other.id,
    name: other.code,
    than: `in ${other.code}`,
    times(chapterId) {
      const schedule = rows.chapter_schedules.get(scheduleId(other.id, chapterId));
      return schedule === undefined ? null : laidOn(schedule, shift);
    },
  };
}

/** What to say where `id` names nothing in the plan any more; null where it does, or nothing is asked for. `was`: what was compared with. */
export function goneWords(rows: RowMaps, id: string | null, was: Compared | null): string | null {
  if (id === null || rows.baselines.has(id) || rows.iterations.has(id)) return null;
  const gone = was?.id === id ? sentence`“${was.name}”` : 'What was compared';
  return `${gone} is not in the plan any more: nothing is compared now.`;
}

interface Laid {
  readonly shift: number;
  readonly times: readonly [number, number];
}

/** A row is never changed, so its times are the same ones until it is another row. */
const laid = new WeakMap<ChapterSchedule, Laid>();

/** As it went, where that is known. */
function laidOn(schedule: ChapterSchedule, shift: number): Laid['times'] {
  const known = laid.get(schedule);
  if (known?.shift === shift) return known.times;
  const [start, end] = takenSpan(schedule) ?? [schedule.planned_start, schedule.planned_end];
  const times = [start + shift, end + shift] as const;
  laid.set(schedule, { shift, times });
  return times;
}
