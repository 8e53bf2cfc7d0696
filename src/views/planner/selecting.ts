/** What acts will mean: rows are chosen, one by one or many at once. */
import type { ChapterSchedule } from '../../store/rows.ts';
import { say } from '../say.ts';
import type { Scheduled } from './acts.ts';
import type { CommandsOptions } from './commands.ts';
import type { PlannerModel } from './model.ts';

export type Selecting = ReturnType<typeof selecting>;

export function selecting({ element, table, selected, model, update }: CommandsOptions) {
  function select(rowId: string, isRange: boolean): void {
    selected.toggle(rowId, model().rows, isRange);
    update();
  }

  /** Shift with an arrow selects what it passes. */
  function extend(from: string, to: string): void {
    selected.extend(from, to, model().rows);
    update();
  }

  function clear(): void {
    const isOnItsBar = document.activeElement?.closest('.mp-selection') !== null;
    selected.clear();
    update();
    const cursor = table.cursor();
    if (isOnItsBar && cursor !== null) table.focus(cursor);
  }

  function selectAll(): void {
    selected.setAll(chapterIdsOf(model()));
    update();
    say(element, `${selected.ids.size} selected.`, 'selection');
  }

  /** Selects what is yet to come from the first of these chapters on. */
  function fromHereOn(lines: readonly Scheduled[]): void {
    const start = lines.reduce(
      (least, { schedule }) => Math.min(least, schedule.planned_start),
      Number.POSITIVE_INFINITY,
    );
    const ids = model().rows.flatMap((row) =>
      row.kind === 'chapter' && row.schedule !== null && row.schedule.planned_start >= start && !isOver(row.schedule)
        ? [row.id]
        : [],
    );
    selected.set(ids);
    update();
    say(element, `${ids.length} selected.`, 'selection');
  }

  /** What an act on the plan itself means: all selected chapters where this row is one of them, else it alone. */
  function meant(rowId: string): readonly string[] {
    return selected.ids.has(rowId) ? chapterIdsOf(model()).filter((id) => selected.ids.has(id)) : [rowId];
  }

  return { select, extend, clear, selectAll, fromHereOn, meant };
}

/** The chapters that are shown. */
export function chapterIdsOf({ rows }: PlannerModel): readonly string[] {
  return rows.flatMap(({ kind, id }) => (kind === 'chapter' ? [id] : []));
}

function isOver({ status }: ChapterSchedule): boolean {
  return status === 'done' || status === 'skipped';
}
