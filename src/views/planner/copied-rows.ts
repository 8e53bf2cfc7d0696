import { planLines } from '../../store/exchange/plan-lines.ts';
import { scheduleClip } from '../../store/exchange/schedule-table.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import type { PlanView } from '../../store/view.ts';
import type { Clip } from '../clipboard.ts';

/** These chapters of an iteration as cells for a spreadsheet, a page or a mail; those without times have no line. */
export function copiedRows(
  view: PlanView,
  iterationId: string,
  chapterIds: ReadonlySet<string>,
): Clip & { readonly count: number } {
  const lines = planLines(view.rows, iterationId).filter(({ chapter }) => chapterIds.has(chapter.id));
  return { ...scheduleClip(lines, zoneOf(view)), count: lines.length };
}
