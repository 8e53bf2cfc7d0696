/** The rows of one iteration in order, before anything is said about how they look. Pure. */
import { scheduleAmong, scheduledIn } from '../../store/network/scheduled.ts';
import { byPosition, phasesInOrder } from '../../store/plan-order.ts';
import type { Chapter, ChapterSchedule, Iteration, Phase } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import type { RowMaps } from '../../store/view.ts';

/** Where a row stands among those of its parent, from 1. */
interface Placed {
  readonly place: number;
  readonly among: number;
}

export interface ChapterRow extends Placed {
  readonly kind: 'chapter';
  readonly id: string;
  readonly chapter: Chapter;
  readonly scheduleId: string;
  readonly schedule: ChapterSchedule | null;
}

export interface PhaseRow extends Placed {
  readonly kind: 'phase';
  readonly id: string;
  readonly phase: Phase;
  readonly chapters: readonly ChapterRow[];
}

export interface Outline {
  readonly phases: readonly PhaseRow[];
  /** All that was planned or really happened; null where nothing is scheduled. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** The last planned end; 0 where nothing is scheduled. */
  readonly plannedEnd: number;
  /** Something has begun and not ended. */
  readonly isUnderWay: boolean;
}

/** Every phase with all its chapters; worked out once for each state of the rows. */
export function outlineOf(rows: RowMaps, iteration: Iteration): Outline {
  const known = outlines.get(rows);
  if (known?.iteration === iteration) return known.outline;
  const outline = makeOutline(rows, iteration);
  outlines.set(rows, { iteration, outline });
  return outline;
}

// Rows change in place underneath: only the object that holds the tables is new with every change.
const outlines = new WeakMap<RowMaps, { readonly iteration: Iteration; readonly outline: Outline }>();

function makeOutline(rows: RowMaps, iteration: Iteration): Outline {
  let [start, end, plannedEnd, isUnderWay] = [Number.POSITIVE_INFINITY, 0, 0, false];
  const scheduled = scheduledIn(rows, iteration);
  const chapters = new Map<string, Chapter[]>();
  for (const chapter of rows.chapters.values()) {
    const group = chapters.get(chapter.phase_id);
    if (group === undefined) chapters.set(chapter.phase_id, [chapter]);
    else group.push(chapter);
    const schedule = scheduleAmong(scheduled, chapter.id);
    if (schedule === undefined) continue;
    const { planned_start, planned_end, actual_start, actual_end } = schedule;
    start = Math.min(start, planned_start, actual_start ?? planned_start);
    end = Math.max(end, planned_end, actual_end ?? planned_end);
    plannedEnd = Math.max(plannedEnd, planned_end);
    isUnderWay ||= actual_start !== null && actual_end === null;
  }
  const ordered = phasesInOrder(rows);
  const phases = ordered.map((phase, i): PhaseRow => {
    const own = (chapters.get(phase.id) ?? []).sort(byPosition);
    const among = own.length;
    return {
      kind: 'phase',
      id: phase.id,
      phase,
      chapters: own.map((chapter, place): ChapterRow => {
        const schedule = scheduleAmong(scheduled, chapter.id) ?? null;
        const id = schedule?.id ?? scheduleId(iteration.id, chapter.id);
        return { kind: 'chapter', id: chapter.id, chapter, scheduleId: id, schedule, place: place + 1, among };
      }),
      place: i + 1,
      among: ordered.length,
    };
  });
  return { phases, span: start > end ? null : { start, end }, plannedEnd, isUnderWay };
}
