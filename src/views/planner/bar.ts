import { isMoment } from '../../store/chapter-kind.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { changingShape } from '../status-mark.ts';
import type { ChapterLine, Span } from './lines.ts';
import { type DrawnAxis, putAt, putOnAxis } from './on-axis.ts';
import { seldom } from './seldom.ts';

/** The least CSS pixels for the shape of the status, for it and a word, and for a label that is worth following a scroll. */
const SHAPE_PX = 24;
const WORD_PX = 56;
const LONG_PX = 160;

/** It is planned to end after it must. */
export function isMissed({ deadline, bar }: ChapterLine): boolean {
  return deadline !== null && bar !== null && bar.start + bar.length > deadline;
}

/**
 * The shapes of one chapter on the time axis: its planned bar (a diamond for a gate or milestone) and, thin below it,
 * what really happened; behind both, dashed, where the baseline has it, and where somebody wanted it whose edit waits for
 * a decision.
 */
export function bar(lane: HTMLElement) {
  const shape = (rank: number, name: string) => seldom(lane, rank, () => el('div', { class: `mp-${name}` }));
  const ghost = shape(1, 'ghost');
  const slack = shape(2, 'slack');
  const was = shape(3, 'was');
  const wanted = seldom(lane, 4, () =>
    el('button', { type: 'button', class: 'mp-wanted', 'data-do': 'decide', tabindex: -1 }),
  );
  const actual = shape(5, 'actual');
  const planned = shape(6, 'bar');
  const gate = shape(7, 'gate');
  const deadline = shape(8, 'deadline');
  const status = changingShape();
  const text = el('span', { class: 'mp-bar-text' });
  const label = el('span', { class: 'mp-bar-label' }, text);

  /** No crumbs of words in short ones. A container query would make the browser style each bar by itself. */
  function say({ title, status: word, chapterKind }: ChapterLine, element: HTMLElement, pixels: number): void {
    const has = isMoment(chapterKind) ? 0 : pixels;
    if (has >= SHAPE_PX) status.update(word);
    if (has >= WORD_PX) {
      setText(text, title);
      if (status.element.parentNode !== label) label.prepend(status.element);
      if (label.parentNode !== element) element.replaceChildren(label);
    } else if (has < SHAPE_PX) {
      if (element.firstChild !== null) element.replaceChildren();
    } else if (status.element.parentNode !== element) element.replaceChildren(status.element);
    setAttribute(element, 'data-long', has > LONG_PX);
  }

  return {
    /** Shows the line on this axis; complete, so to be called when either is another one. */
    update(line: ChapterLine, axis: DrawnAxis) {
      const put = <E extends HTMLElement>(shape: (isShown: boolean) => E | null, span: Span | null): E | null => {
        const element = shape(span !== null);
        if (element !== null && span !== null) putOnAxis(element, span, axis);
        return element;
      };
      const bars = put(planned, line.bar);
      const done = put(actual, line.actual);
      put(ghost, line.ghost);
      put(was, line.dispute?.was ?? null);
      const wish = put(wanted, line.dispute?.wanted ?? null);
      if (wish !== null) {
        setAttribute(wish, 'title', line.dispute?.words ?? null);
        setAttribute(wish, 'aria-label', `${line.code} as it was wanted: decide`);
      }
      const end = (line.bar?.start ?? 0) + (line.bar?.length ?? 0);
      put(slack, line.slackLength > 0 && !line.isCritical ? { start: end, length: line.slackLength } : null);
      const diamond = gate(isMoment(line.chapterKind) && line.bar !== null);
      if (diamond !== null) putAt(diamond, end, axis);
      const due = deadline(line.isDeadlineOnAxis);
      if (due !== null && line.deadline !== null) {
        putAt(due, line.deadline, axis);
        setAttribute(due, 'data-missed', isMissed(line));
      }
      for (const element of [bars, diamond]) {
        if (element === null) continue;
        setAttribute(element, 'data-critical', line.isCritical);
        setAttribute(element, 'data-pending', line.pending !== null);
      }
      for (const element of [bars, diamond, done])
        if (element !== null) setAttribute(element, 'data-status', line.status);
      if (bars === null) return;
      setAttribute(bars, 'data-kind', line.chapterKind);
      say(line, bars, (line.bar?.length ?? 0) * axis.scale);
    },
  };
}
