/** The planner: every chapter of one iteration as a row and a bar, edited in place. */
import type { Unmount, ViewDeps } from '../deps.ts';
import { afterPaint, el, everySecond, frame, setAttribute, setShown, setText } from '../dom.ts';
import { door } from '../door.ts';
import { noIterationText } from '../iteration-choice.ts';
import { say, tell } from '../say.ts';
import { serverMinute } from '../server-now.ts';
import { areOthersTold } from '../told-aloud.ts';
import { goneWords } from './comparing.ts';
import { earlyActs } from './early-acts.ts';
import { grid } from './grid.ts';
import type { Hands } from './hands.ts';
import { type PlannerModel, plannerModel } from './model.ts';
import { isMineUnknown, myTeams } from './my-teams.ts';
import { newsWords } from './news-words.ts';
import { CHANGED, hasToken } from './search.ts';
import { selection } from './selection.ts';
import { LAYOUTS, type Layout, toolbar } from './toolbar.ts';
import { zooming } from './zooming.ts';

const NOTHING_NEW = 'Nothing is marked as changed by others since you last looked.';
const NO_TEAMS = 'Say first which teams are yours: Filter…, then My teams.';

/** How often, at most, it is said what others did. */
const TOLD_EVERY_MS = 30_000;

export function mountPlanner(root: HTMLElement, { store, clock, place, newId }: ViewDeps): Unmount {
  const bar = toolbar();
  const table = grid();
  const empty = el('p', { class: 'mp-empty', hidden: true });
  const main = el('div', { class: 'mp-planner-main' }, table.element);
  const element = el('div', { class: 'mp-planner' }, bar.element, main, empty);
  root.append(element);

  const collapsed = new Set<string>();
  const selected = selection();
  let isFirstSight = true;
  let taken: Hands | null = null;
  let model = read();
  const zooms = zooming({ table, place, axis: () => model.axis, redraw: update });
  let hasShownStart = false;
  let seenRev = store.view().rev;
  let toldAt = Number.NEGATIVE_INFINITY;

  function read(): PlannerModel {
    return plannerModel({
      view: store.view(),
      iteration: place.get('iteration'),
      now: serverMinute({ store, clock }),
      // Of the browser's clock: which zone it is set to it may not even know.
      readerOffset: -new Date().getTimezoneOffset(),
      collapsed,
      selected: selected.ids,
      search: place.get('search') ?? '',
      mine: myTeams(store.view(), place.get('search')),
      since: taken?.since() ?? null,
      baseline: place.get('baseline'),
      isFirstSight,
      kept: isWorkedIn() ? (table.cursor()?.rowId ?? null) : null,
    });
  }

  /** Somebody reads or types in a row, or in what belongs to it: no search may take it away now. */
  function isWorkedIn(): boolean {
    const { activeElement } = document;
    return table.body.contains(activeElement) || activeElement?.closest('.mp-popup') != null;
  }

  function update(): void {
    const was = model.compared;
    model = read();
    forgetGone(was);
    show();
  }

  /** Somebody removed what is compared: that is said once, and the address asks for it no more. */
  function forgetGone(was: PlannerModel['compared']): void {
    const { condition, freshAt } = store.syncState();
    // A link may be here before the baseline that it names.
    if (was === null && (condition !== 'online' || freshAt === null)) return;
    const words = goneWords(store.view().rows, place.get('baseline'), was);
    if (words === null) return;
    place.set('baseline', null);
    tell(element, words);
  }

  function show(): void {
    const layout = layoutOf(place.get('layout'));
    const areFindingsOpen = place.get('findings') !== null;
    const selectedCount = selectedRows().length;
    setAttribute(element, 'data-layout', layout);
    setAttribute(element, 'data-selecting', selectedCount > 0);
    const isVarianceShown = place.get('variance') !== null;
    setAttribute(element, 'data-variance', isVarianceShown);
    const search = place.get('search') ?? '';
    bar.update(model, { zoom: zooms.zoom(), layout, areFindingsOpen, isVarianceShown, search });
    setShown(empty, model.rows.length === 0);
    setShown(main, model.rows.length !== 0);
    setText(empty, emptyWords());
    if (!hasShownStart && model.rows.length > 0) findStart();
    table.update(model, zooms.scale(), selectedCount);
    taken?.update();
    tellChanges();
  }

  function emptyWords(): string {
    if (model.hidden.all > 0) return noMatchWords(place.get('search') ?? '');
    if (model.iteration !== null) return 'This plan has no chapter yet.';
    return noIterationText(store.view(), place.get('iteration'));
  }

  function noMatchWords(search: string): string {
    if (isMineUnknown(store.view(), search)) return NO_TEAMS;
    const isNothingNew = hasToken(search, CHANGED) && (taken?.since() ?? null) === null;
    return isNothingNew ? NOTHING_NEW : 'No chapter matches the search.';
  }

  /**
   * Room and scroll are found before there is any row: with rows, the browser would lay all of them out each time it is asked.
   * A page that was never here before gets its plan after it is mounted; from then on the scroll is the reader's.
   */
  function findStart(): void {
    hasShownStart = true;
    table.stretch(model, zooms.scale());
    table.measure();
    table.stretch(model, zooms.scale());
    showStart();
  }

  /** A summary of what others did, and not again for a while: in a busy night every poll brings something. */
  function tellChanges(): void {
    const { rev, events, user } = store.view();
    if (rev === seenRev || clock() - toldAt < TOLD_EVERY_MS) return;
    const news = events.filter((event) => event.rev > seenRev && event.actor !== user.key);
    if (seenRev > 0 && news.length > 0 && areOthersTold(store.view())) {
      say(element, newsWords(news));
      toldAt = clock();
    }
    seenRev = rev;
  }

  function selectedRows() {
    if (selected.ids.size === 0) return [];
    return model.rows.filter(({ kind, id }) => kind === 'chapter' && selected.ids.has(id));
  }

  /** Brings an instant to the first third of the axis, and what is under way at it to the first rows. */
  function showInstant(instant: number): void {
    zooms.show(instant);
    const index = model.rows.findIndex((row) => row.kind === 'chapter' && (row.schedule?.planned_end ?? 0) >= instant);
    table.element.scrollTop = Math.max(0, index * table.room.row - table.room.height / 3);
  }

  function showStart(): void {
    const { iteration } = model;
    if (iteration !== null) showInstant(iteration.state === 'live' ? model.now : iteration.window_start);
  }

  const hands = door(element, 'What answers clicks and keys', () => import('./hands.ts'));
  const early = earlyActs(element, async () => {
    await hands.enter(take);
    if (taken === null) early.forget();
  });

  function take(module: typeof import('./hands.ts')): void {
    if (taken !== null || !element.isConnected) return;
    taken = module.hands({
      element,
      main,
      store,
      clock,
      place,
      newId,
      table,
      zooms,
      selected,
      collapsed,
      searchField: bar.search,
      model: () => model,
      selectedRows,
      update,
      showInstant,
      showStart,
    });
    taken.update();
    early.redo();
  }

  const next = frame(update);
  const resized = new ResizeObserver(() => {
    if (table.measure()) next.ask();
  });
  resized.observe(table.element);
  const unsubscribe = store.subscribe(next.ask);
  const stopClock = everySecond(() => {
    zooms.keep();
    tellChanges();
    if (serverMinute({ store, clock }) !== model.now) next.ask();
  });
  const stopWaiting = afterPaint(async () => {
    isFirstSight = false;
    if (!model.isWorkedOut) next.ask();
    const module = await hands.arrive();
    if (module !== null) take(module);
  });
  show();
  return () => {
    stopWaiting();
    zooms.keep();
    element.remove();
    taken?.stop();
    stopClock();
    unsubscribe();
    resized.disconnect();
    next.cancel();
    table.stop();
  };
}

function layoutOf(name: string | null): Layout {
  return LAYOUTS.find((layout) => layout === name) ?? 'both';
}
