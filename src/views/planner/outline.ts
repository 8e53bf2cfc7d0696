/** The rows of one iteration in order, before anything is said about how they look. Pure. */
import { byPosition, phasesInOrder } from '../../store/plan-order.ts';
import type { Chapter, ChapterSchedule, Iteration, Phase } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import type { RowMaps } from '../../store/view.ts';

export interface ChapterRow {
  readonly kind: 'chapter';
  readonly id: string;
  readonly chapter: Chapter;
  readonly scheduleId: string;
  readonly schedule: ChapterSchedule | null;
}

export interface PhaseRow {
  readonly kind: 'phase';
  readonly id: string;
  readonly phase: Phase;
  readonly chapters: readonly ChapterRow[];
}

/** Every phase with all its chapters; worked out once for each state of the rows. */
export function outlineOf(rows: RowMaps, iteration: Iteration): readonly PhaseRow[] {
  const known = outlines.get(rows);
  if (known?.iteration === iteration) return known.phases;
  const schedules = new Map<string, ChapterSchedule>();
  for (const schedule of rows.chapter_schedules.values()) {
    if (schedule.iteration_id === iteration.id) schedules.set(schedule.chapter_id, schedule);
  }
  const chapters = new Map<string, ChapterRow[]>();
  for (const chapter of rows.chapters.values()) {
    const schedule = schedules.get(chapter.id) ?? null;
    const id = schedule?.id ?? scheduleId(iteration.id, chapter.id);
    const row: ChapterRow = { kind: 'chapter', id: chapter.id, chapter, scheduleId: id, schedule };
    const group = chapters.get(chapter.phase_id);
    if (group === undefined) chapters.set(chapter.phase_id, [row]);
    else group.push(row);
  }
  const phases = phasesInOrder(rows).map((phase): PhaseRow => {
    const own = (chapters.get(phase.id) ?? []).sort((a, b) => byPosition(a.chapter, b.chapter));
    return { kind: 'phase', id: phase.id, phase, chapters: own };
  });
  outlines.set(rows, { iteration, phases });
  return phases;
}

// Rows change in place underneath: only the object that holds the tables is new with every change.
const outlines = new WeakMap<RowMaps, { readonly iteration: Iteration; readonly phases: readonly PhaseRow[] }>();
