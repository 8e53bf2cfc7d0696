import { type Iteration, scheduleId } from '../rows.ts';
import type { PlanView } from '../view.ts';
import type { Point } from './standing.ts';

/** Scheduled chapters in planned order. */
export function pointsOf(view: PlanView, iteration: Iteration): readonly Point[] {
  const points: Point[] = [];
  for (const chapter of view.rows.chapters.values()) {
    const schedule = view.rows.chapter_schedules.get(scheduleId(iteration.id, chapter.id));
    if (schedule !== undefined) points.push({ chapter, schedule });
  }
  return points.sort(
    (a, b) => a.schedule.planned_start - b.schedule.planned_start || a.chapter.code.localeCompare(b.chapter.code),
  );
}
