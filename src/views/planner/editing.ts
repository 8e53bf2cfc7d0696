/** The ways into an edit of the planner: a cell, a dialog, a menu. Each asks first whether the reader may. */
import { sentence } from '../../store/isolated.ts';
import type { ChapterSchedule } from '../../store/rows.ts';
import type { PlanStore } from '../../store/view.ts';
import { door } from '../door.ts';
import type { Draft, Drafts } from '../drafts.ts';
import { type MenuItem, openMenu } from '../menu.ts';
import { say, warn } from '../say.ts';
import { severalDraft } from '../several-draft.ts';
import { type Act, isScheduled, type Scheduled, setNote, setStatus } from './acts.ts';
import { openCellEditor } from './cell-editor.ts';
import { type Cursor, cellOf, rowOf } from './cursor.ts';
import { canFillDown, fillDown as fill } from './fill-down.ts';
import { editableBeside } from './grid-keys.ts';
import type { CascadeOf } from './knock-on.ts';
import type { ChapterLine } from './lines.ts';
import { chapterLineOf, type PlannerModel } from './model.ts';
import { openNoteEditor } from './note-editor.ts';
import { openSlipDialog } from './slip-dialog.ts';
import { statusItems } from './status-items.ts';
import { openTimesDialog } from './times-dialog.ts';
import { atInstant, readField, type TimeField, type TypedContext, withKnockOn } from './typed-times.ts';

export interface EditingOptions {
  readonly element: HTMLElement;
  readonly store: PlanStore;
  readonly model: () => PlannerModel;
  /** The chapters that an act on this row means: all selected ones where it is one of them. */
  readonly linesFor: (rowId: string) => readonly Scheduled[];
  readonly send: (act: Act, saying?: string) => void;
  readonly cascadeOf: CascadeOf;
  readonly focus: (cursor: Cursor) => void;
  readonly drafts: Drafts;
  /** Columns that are shown. */
  readonly columns: () => readonly string[];
}

export function editing({ element, store, model, linesFor, send, cascadeOf, focus, drafts, columns }: EditingOptions) {
  const several = door(element, 'The times of several chapters', () => import('./several-times-dialog.ts'));
  void several.arrive();
  const standing = (schedule: ChapterSchedule) => store.view().rows.chapter_schedules.get(schedule.id) ?? schedule;
  const follow = (update: () => void) => store.subscribe(update);

  function mayPlan(): boolean {
    const { whyNotPlan } = model();
    if (whyNotPlan !== null) say(element, whyNotPlan);
    return whyNotPlan === null;
  }

  function mayReport(): boolean {
    const { whyNotReport } = model();
    if (whyNotReport !== null) say(element, whyNotReport);
    return whyNotReport === null;
  }

  /** `replacement` is typed over the old text at once. */
  function editCell(cell: HTMLElement, replacement?: string): void {
    const line = chapterLineOf(model(), rowOf(cell)?.dataset.id);
    const column = cell.dataset.col ?? '';
    if (line === null) return;
    if (isTimeField(column)) {
      if (!isScheduled(line)) setTimes(line);
      else if (mayPlan()) editTime(cell, column, line, replacement);
    } else if (!isScheduled(line) || !mayReport()) return;
    else if (column === 'status') changeStatus(cell, linesFor(line.id), line);
    else if (column === 'note') editNote(cell, line);
  }

  function editNote(cell: HTMLElement, line: Scheduled): void {
    const { code, note, scheduleId } = line;
    const page = pageOf(element);
    openNoteEditor({
      cell,
      code,
      note,
      draft: drafts.of('note', scheduleId),
      onKeep: (text) => send(setNote(line, text)),
      onLost(typed) {
        // Another view was opened: then it is there again when the note is.
        if (chapterLineOf(model(), line.id) === null)
          warn(page, sentence`Note on ${code} is not shown any more; you had typed “${typed}”.`);
      },
    });
  }

  function editTime(cell: HTMLElement, field: TimeField, line: Scheduled, replacement?: string): void {
    const context = typedContext(model());
    const what = `${FIELD_WORDS[field]} of ${line.code}`;
    const page = pageOf(element);
    openCellEditor({
      cell,
      label: what,
      text: line[field],
      draft: drafts.of(field, line.scheduleId),
      ...(replacement === undefined ? {} : { replacement }),
      read: (text) => withKnockOn(readField(field, text, line, context), line, cascadeOf),
      readChoice: (instant) => atInstant(field === 'end' ? 'end' : 'start', instant, line, context),
      onAct: send,
      onTab(step) {
        const next = editableBeside(columns(), field, step);
        focus({ rowId: line.id, column: next ?? field });
        const beside = cellOf(document.activeElement);
        if (next !== null && isTimeField(next) && beside !== null) editCell(beside);
      },
      onLost: (typed) => warn(page, sentence`${what} is not shown any more; you had typed “${typed}”.`),
    });
  }

  function setTimes(line: ChapterLine): void {
    const { iteration } = model();
    if (iteration === null || !mayPlan()) return;
    openTimesDialog(element, {
      line,
      iterationId: iteration.id,
      draft: drafts.of(`times in ${iteration.id}`, line.id),
      context: typedContext(model()),
      cascadeOf,
      onAct: send,
    });
  }

  /** Of one chapter all three; of several what is typed, with `field` asked for first. */
  function setTimesOf(lines: readonly Scheduled[], field: TimeField = 'start'): void {
    const [first] = lines;
    if (first !== undefined && lines.length === 1) setTimes(first);
    else if (first !== undefined && mayPlan()) openTimesOf(lines, field, draftOf('times', lines));
  }

  function openTimesOf(lines: readonly Scheduled[], field: TimeField, draft: Draft): void {
    const context = typedContext(model());
    void several.enter(({ openSeveralTimes }) =>
      openSeveralTimes(element, {
        lines: inTime(lines),
        field,
        context,
        draft,
        cascadeOf,
        standing,
        follow,
        onAct: send,
      }),
    );
  }

  function slip(lines: readonly Scheduled[]): void {
    if (lines.length > 0 && mayPlan()) openSlip(lines, draftOf('move', lines));
  }

  function openSlip(lines: readonly Scheduled[], draft: Draft): void {
    const context = typedContext(model());
    openSlipDialog(element, { lines: inTime(lines), context, draft, cascadeOf, standing, follow, onAct: send });
  }

  /** A form about these in which something waits that was typed before. */
  function openWaiting(what: string, lines: readonly Scheduled[], draft: Draft): void {
    if (lines.length === 0 || !mayPlan()) return;
    if (what === 'times') openTimesOf(lines, 'start', draft);
    else openSlip(lines, draft);
  }

  function draftOf(what: 'times' | 'move', lines: readonly Scheduled[]): Draft {
    const id = lines[0]?.scheduleId ?? '';
    return lines.length === 1
      ? drafts.of(what, id)
      : severalDraft(drafts, what, { id, all: lines.map((line) => line.id) });
  }

  /** `current` is the one row whose cell opened the menu; absent for a selection. */
  function changeStatus(anchor: HTMLElement, lines: readonly Scheduled[], current?: Scheduled): void {
    if (mayReport()) openMenu(anchor, 'Status', statusesOf(lines, current));
  }

  function statusesOf(lines: readonly Scheduled[], current?: Scheduled): readonly MenuItem[] {
    return statusItems(current?.schedule.status ?? null, (status) => send(setStatus(lines, status, model().now)));
  }

  /** Ctrl+D: of the selected rows, or of the row above and this one. */
  function fillDown(cursor: Cursor): void {
    const { column } = cursor;
    if (!canFillDown(column)) {
      say(element, 'Go into a start, end, duration, status or note to fill it down.');
      return;
    }
    if (!(isTimeField(column) ? mayPlan() : mayReport())) return;
    const { rows, line, now } = model();
    const lines = rows.flatMap((row) => (row.kind === 'chapter' ? [line(row) as ChapterLine] : []));
    const here = lines.findIndex(({ id }) => id === cursor.rowId);
    const chosen = lines[here]?.isSelected ? lines.filter(({ isSelected }) => isSelected) : [];
    const { act, leftOut } = fill(
      column,
      chosen.length > 1 ? chosen : lines.slice(Math.max(0, here - 1), here + 1),
      now,
    );
    const words = leftOut === 0 ? '' : `${leftOut} left out: without times, or too short.`;
    if (act === null) say(element, words || 'There is nothing to fill down.');
    else send(act, words === '' ? act.label : `${act.label}; ${words}`);
  }

  return { mayPlan, editCell, setTimes, setTimesOf, slip, openWaiting, changeStatus, statusesOf, fillDown };
}

/** Where the view was left, nothing in it reaches the shell any more. */
function pageOf(element: HTMLElement): Element {
  return element.closest('.mp-root') ?? element;
}

/** The first to begin first; of those the first to end. */
function inTime(lines: readonly Scheduled[]): readonly Scheduled[] {
  return [...lines].sort(
    ({ schedule: a }, { schedule: b }) => a.planned_start - b.planned_start || a.planned_end - b.planned_end,
  );
}

export function isTimeField(column: string): column is TimeField {
  return column === 'start' || column === 'end' || column === 'duration';
}

const FIELD_WORDS: { readonly [F in TimeField]: string } = { start: 'Start', end: 'End', duration: 'Duration' };

function typedContext({ zone, now, iteration }: PlannerModel): TypedContext {
  return { zone, now, windowStart: iteration?.window_start ?? now };
}
