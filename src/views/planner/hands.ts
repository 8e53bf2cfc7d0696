/**
 * What hands do in the planner – clicks, keys, drags, the editors and menus that they open –, and what is shown for them alone.
 * A file of its own: the plan is seen before anybody has taken hold of it (docs/decisions/0020).
 */

import { chaptersChanged, lookAt } from '../../store/digest.ts';
import { type Cascade, type CascadeMode, cascade } from '../../store/network/cascade.ts';
import type { PlanStore } from '../../store/view.ts';
import type { Place, Unmount } from '../deps.ts';
import { digestLine } from '../digest-line.ts';
import { el, setAttribute, setShown } from '../dom.ts';
import { draftsOf } from '../drafts.ts';
import { memoryOf } from '../memory.ts';
import { settlePopups } from '../popup.ts';
import { say } from '../say.ts';
import { serverNow } from '../server-now.ts';
import { submit } from '../submit.ts';
import { type Act, isScheduled, type Scheduled } from './acts.ts';
import { commands } from './commands.ts';
import { dragBars } from './drag.ts';
import { editing } from './editing.ts';
import { findingsPanel } from './findings-panel.ts';
import type { grid } from './grid.ts';
import { type Moved, onTop } from './knock-on.ts';
import { marquee } from './marquee.ts';
import { CHANGED_MINUTES, chapterLineOf, type PlannerModel } from './model.ts';
import { listenForPrint } from './paper.ts';
import { CHANGED, hasToken } from './search.ts';
import type { selection } from './selection.ts';
import { selectionBar } from './selection-bar.ts';
import type { zooming } from './zooming.ts';

export interface HandsOptions {
  readonly element: HTMLElement;
  /** The grid, and what stands beside it. */
  readonly main: HTMLElement;
  readonly store: PlanStore;
  readonly clock: () => number;
  readonly place: Place;
  readonly newId: () => string;
  readonly table: ReturnType<typeof grid>;
  readonly zooms: ReturnType<typeof zooming>;
  readonly selected: ReturnType<typeof selection>;
  readonly collapsed: Set<string>;
  readonly searchField: HTMLInputElement;
  readonly model: () => PlannerModel;
  /** Rows that are selected and shown. */
  readonly selectedRows: () => PlannerModel['rows'];
  readonly update: () => void;
  readonly showInstant: (instant: number) => void;
  readonly showStart: () => void;
}

export interface Hands {
  /** Shows what stands beside the grid; after every update of it. */
  readonly update: () => void;
  /** The rev after which others' changes are told as new; null: none are. */
  readonly since: () => number | null;
  readonly stop: Unmount;
}

export function hands(options: HandsOptions): Hands {
  const { element, main, store, place, table, zooms, selected, model, selectedRows, update } = options;
  const panel = findingsPanel();
  const bar = selectionBar();
  const showChanged = el('button', SHOW_CHANGED, 'Show');
  const atLeast = CHANGED_MINUTES * 60_000;
  const digest = digestLine({ memory: memoryOf(store.view()), atLeast, more: [showChanged] });
  main.append(panel.element);
  main.before(digest.element);
  element.append(bar.element);

  function selectedLines(): readonly Scheduled[] {
    return selectedRows()
      .map(model().line)
      .filter((line) => line.kind === 'chapter')
      .filter(isScheduled);
  }

  /** What an act on this row means: all selected chapters where it is one of them, else it alone. */
  function linesFor(rowId: string): readonly Scheduled[] {
    const own = chapterLineOf(model(), rowId);
    if (own === null) return [];
    const others = own.isSelected ? selectedLines().filter(({ id }) => id !== rowId) : [];
    return [own, ...others].filter(isScheduled);
  }

  function cascadeOf(moved: readonly Moved[], mode: CascadeMode): Cascade {
    const { iteration } = model();
    const { rows } = store.view();
    const landing = moved.map((each) => onTop(each, rows.chapter_schedules.get(each.from?.id ?? '')));
    return iteration === null ? NO_CASCADE : cascade(rows, iteration, landing, mode);
  }

  function send({ label, ops }: Act, saying = label): void {
    void submit(element, store, { label, ops, saying });
  }

  const look = () =>
    lookAt({ view: store.view(), iteration: model().iteration, standing: null, now: serverNow(options) });

  function tellNews(): void {
    const before = digest.since();
    const isLooking = !document.hidden && store.syncState().condition === 'online';
    const iteration = model().iteration?.id ?? '';
    const isAnew = digest.update({ view: store.view(), iteration, look, isLooking });
    const since = digest.since();
    if (since !== before) update();
    if (since === null) return;
    if (isAnew) setShown(showChanged, chaptersChanged(store.view(), since, iteration) > 0);
    setAttribute(showChanged, 'aria-pressed', String(hasToken(place.get('search') ?? '', CHANGED)));
  }

  const { focus, columns } = table;
  const drafts = draftsOf(options);
  const edits = editing({ element, store, model, linesFor, send, cascadeOf, focus, drafts, columns });
  commands({ ...options, seen: () => digest.dismiss(look()), edits, drafts, send, cascadeOf, linesFor, selectedLines });
  const stopDrag = dragBars({
    root: table.element,
    room: table.room,
    zone: () => model().zone,
    scale: zooms.scale,
    axisStart: () => model().axis.start,
    linesOf: (rowId) => (model().whyNotPlan === null ? linesFor(rowId) : []),
    cascadeOf,
    onAct: send,
  });
  const stopMarquee = marquee({
    root: table.element,
    body: table.body,
    underlay: table.underlay,
    room: table.room,
    axis: () => model().axis,
    scale: zooms.scale,
    rows: () => model().rows,
    selected: () => selected.ids,
    onSelect(ids) {
      selected.set(ids);
      update();
    },
    onEnd: () => say(element, `${selected.ids.size} selected.`, 'selection'),
  });

  const stopPrint = listenForPrint(table.element, table.print);
  // Leaving ends a look.
  document.addEventListener('visibilitychange', tellNews);
  return {
    since: digest.since,
    update() {
      tellNews();
      const codeOf = (id: string) => store.view().rows.chapters.get(id)?.code ?? '?';
      panel.update(model().findings, place.get('findings') !== null, codeOf);
      bar.update(selectedRows().length);
      const cursor = table.cursor();
      if (settlePopups() && cursor !== null) table.focus(cursor);
    },
    stop() {
      document.removeEventListener('visibilitychange', tellNews);
      stopPrint();
      stopDrag();
      stopMarquee();
      settlePopups();
    },
  };
}

const NO_CASCADE: Cascade = { slips: [], missed: [], forbidden: [], overdue: [], beforeWindow: 0, pastWindow: 0 };

const SHOW_CHANGED = { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'show-changed' } as const;
