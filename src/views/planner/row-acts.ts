/** What is done to a row: ways into its fields, its dialogs and what belongs to it. */
import { whyNotStructure } from '../../store/abilities.ts';
import { openTab } from '../say.ts';
import { takeOut, whatOf } from './acts.ts';
import type { CommandsOptions } from './commands.ts';
import { cellOf } from './cursor.ts';
import { chapterLineOf } from './model.ts';
import type { StructureDoor } from './structure-door.ts';
import type { TimeField } from './typed-times.ts';

export interface RowActsOptions extends CommandsOptions {
  readonly parts: StructureDoor;
}

export type RowActs = ReturnType<typeof rowActs>;

export function rowActs(options: RowActsOptions) {
  const { element, store, place, table, edits, model, send, linesFor, parts } = options;

  /** Leads to what has to be decided about a row. */
  function decide(rowId: string): void {
    place.set('conflict', chapterLineOf(model(), rowId)?.dispute?.conflict ?? null);
    openTab(element, 'conflicts');
  }

  function mayChange(): boolean {
    return whyNotStructure(store.view()) === null;
  }

  function change(rowId: string): void {
    void parts.enter((structure) => structure.change(rowId));
  }

  /** All that are selected where this row is one of them; a chapter without times gets its own. */
  function setTimes(rowId: string): void {
    const [lines, line] = [linesFor(rowId), chapterLineOf(model(), rowId)];
    if (lines.length > 1) edits.setTimesOf(lines);
    else if (line !== null) edits.setTimes(line);
  }

  function editTimes(rowId: string, field: TimeField): void {
    const lines = linesFor(rowId);
    if (lines.length > 1) edits.setTimesOf(lines, field);
    else editField(rowId, field);
  }

  function editField(rowId: string, column: string): void {
    table.focus({ rowId, column });
    const cell = cellOf(document.activeElement);
    const line = chapterLineOf(model(), rowId);
    if (cell?.dataset.col === column) edits.editCell(cell);
    // The column is not shown in this layout.
    else if (line !== null) edits.setTimes(line);
  }

  function editNote(rowId: string): void {
    table.focus({ rowId, column: 'note' });
    const cell = cellOf(document.activeElement);
    if (cell?.dataset.col === 'note') edits.editCell(cell);
  }

  /** What anybody can do to a row. */
  function items(rowId: string) {
    const line = chapterLineOf(model(), rowId);
    const lines = linesFor(rowId);
    const times = {
      label: lines.length > 1 ? `Times of ${whatOf(lines)}…` : 'Times…',
      key: 'T',
      whyNot: model().whyNotPlan,
      act: () => setTimes(rowId),
    };
    const iteration = model().iteration?.code ?? '';
    const out = {
      label: `Take ${whatOf(lines)} out of ${iteration}`,
      whyNot: model().whyNotPlan,
      act: () => send(takeOut(lines, iteration)),
    };
    const decision = { label: `Decide about ${line?.code}…`, whyNot: null, act: () => decide(rowId) };
    return [line?.dispute && decision, line && times, lines.length > 0 && out].filter((item) => !!item);
  }

  return { decide, mayChange, change, setTimes, editTimes, editField, editNote, items };
}

/** A cell that tells what a row is, and not when. */
export function isNamed(cell: HTMLElement | null): boolean {
  return ['code', 'title', 'team'].includes(cell?.dataset.col ?? '');
}
