/** What is shown of the plan, and where: acts that change no plan. */
import { findingText } from '../../store/network/findings.ts';
import type { Iteration } from '../../store/rows.ts';
import { ageText, datedText, timeText } from '../../store/times-text.ts';
import { say, tell } from '../say.ts';
import type { CommandsOptions } from './commands.ts';
import { openGoTo } from './go-to.ts';
import { chapterLineOf } from './model.ts';
import { CHANGED, hasToken, toggleToken } from './search.ts';
import { chapterIdsOf } from './selecting.ts';

export type Showing = ReturnType<typeof showing>;

export function showing(options: CommandsOptions) {
  const { element, store, place, table, zooms, selected, collapsed, searchField } = options;
  const { model, update, selectedLines, showInstant } = options;

  function toggleRow(rowId: string): void {
    if (!collapsed.delete(rowId)) collapsed.add(rowId);
    update();
  }

  function search(text: string): void {
    place.set('search', text || null);
    searchField.value = text;
    update();
    const { all } = model().hidden;
    const found = `${chapterIdsOf(model()).length} found, ${all} hidden.`;
    say(element, text === '' ? 'All chapters are shown.' : found, 'search');
  }

  /** What others changed since the reader last looked, or all again. */
  function toggleChanged(): void {
    search(toggleToken(place.get('search') ?? '', CHANGED));
  }

  /** The reader knows what others changed. */
  function seeOff(): void {
    options.seen();
    if (hasToken(place.get('search') ?? '', CHANGED)) toggleChanged();
    else update();
  }

  function showNow(): void {
    const { now, zone, axis, iteration } = model();
    showInstant(now);
    const isOnAxis = now >= axis.start && now <= axis.start + axis.length;
    if (isOnAxis || iteration === null) say(element, `Now is ${timeText(zone, now)}.`);
    else tell(element, `Now is ${datedText(zone, now)}, ${awayText(iteration, now)}: not on this axis.`);
  }

  function goTo(): void {
    openGoTo(element, model(), showInstant);
  }

  function showIteration(code: string): void {
    selected.clear();
    place.set('iteration', code);
    update();
    options.showStart();
    say(element, `${code} shown.`);
  }

  /** Shows a baseline, or another iteration, behind the bars; null: none. The axis may begin elsewhere then: what is seen stays. */
  function compare(id: string | null): void {
    place.set('baseline', id);
    zooms.set(zooms.zoom());
  }

  /** Leads to a chapter: opens its phase, lifts a search that hides it, and puts the cursor there. */
  function lead(chapterId: string): void {
    const phase = store.view().rows.chapters.get(chapterId)?.phase_id;
    if (phase !== undefined) collapsed.delete(phase);
    update();
    if (!model().rows.some(({ id }) => id === chapterId)) search('');
    table.focus({ rowId: chapterId, column: null });
    reveal(chapterId);
  }

  /** Keeps the cursor on a row that moves to where its phase may be closed. */
  function follow(rowId: string): void {
    collapsed.delete(store.view().rows.chapters.get(rowId)?.phase_id ?? '');
    update();
    table.focus({ rowId, column: table.cursor()?.column ?? null });
  }

  function reveal(rowId: string | undefined): void {
    const row = model().rows.find(({ id }) => id === rowId);
    const bar = row === undefined ? null : model().line(row).bar;
    if (bar !== null) zooms.show(bar.start);
  }

  /** One may lie days after all bars: the axis does not reach so far then. */
  function revealDeadline(rowId: string): void {
    const line = chapterLineOf(model(), rowId);
    if (line === null || line.deadline === null) return;
    zooms.show(line.deadline);
    if (!line.isDeadlineOnAxis)
      tell(element, `${line.code} must finish by ${timeText(model().zone, line.deadline)}: not on this axis.`);
  }

  /** The next finding after the chapter under the cursor, or the one before it. */
  function stepFinding(step: 1 | -1): void {
    const ids = [...new Set(model().findings.map(({ chapterId }) => chapterId))];
    const here = ids.indexOf(table.cursor()?.rowId ?? '');
    const next = ids[here < 0 && step < 0 ? ids.length - 1 : (here + step + ids.length) % ids.length];
    if (next === undefined) {
      say(element, 'There are no findings.');
      return;
    }
    lead(next);
    const words = model().findings.filter(({ chapterId }) => chapterId === next);
    const code = store.view().rows.chapters.get(next)?.code ?? '';
    say(element, `${code} ${words.map(findingText).join('; ')}.`);
  }

  function toggleFindings(): void {
    place.set('findings', place.get('findings') === null ? 'open' : null);
    update();
  }

  function fit(): void {
    const spans = selectedLines().map(({ schedule }) => schedule);
    if (spans.length === 0) {
      zooms.set('fit');
      return;
    }
    const start = spans.reduce((least, { planned_start }) => Math.min(least, planned_start), Number.POSITIVE_INFINITY);
    const end = spans.reduce((most, { planned_end }) => Math.max(most, planned_end), 0);
    zooms.toSpan({ start, length: end - start });
  }

  function layOut(layout: string | null): void {
    place.set('layout', layout);
    measure();
  }

  function toggleVariance(): void {
    const isShown = place.get('variance') !== null;
    place.set('variance', isShown ? null : 'shown');
    measure();
    say(element, isShown ? 'Variance hidden.' : 'Variance shown.');
  }

  /** Other columns: their room is known once they are in the page. */
  function measure(): void {
    update();
    table.measure();
    update();
  }

  return {
    toggleRow,
    search,
    toggleChanged,
    seeOff,
    showNow,
    goTo,
    showIteration,
    compare,
    lead,
    follow,
    reveal,
    revealDeadline,
    stepFinding,
    toggleFindings,
    fit,
    layOut,
    toggleVariance,
  };
}

/** `3 days before the window` */
function awayText({ window_start, window_end }: Iteration, now: number): string {
  const away = (minutes: number) => ageText(minutes * 60_000);
  return now < window_start
    ? `${away(window_start - now)} before the window`
    : `${away(now - window_end)} after the window`;
}
