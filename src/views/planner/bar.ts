import { el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { statusShape } from '../status-mark.ts';
import type { ChapterLine, Span } from './lines.ts';

/** The least CSS pixels for the shape of the status, for it and a word, and for a label that is worth following a scroll. */
const SHAPE_PX = 12;
const WORD_PX = 56;
const LONG_PX = 160;

/**
 * The shapes of one chapter on the time axis: its planned bar (a diamond for a gate or milestone) and, thin below it,
 * what really happened; behind both, dashed, where the baseline has it, and where somebody wanted it whose edit waits for
 * a decision. Positions are instants in `--start` and `--length`; the stylesheet knows the scale.
 */
export function bar() {
  const text = el('span', { class: 'mp-bar-text' });
  const label = el('span', { class: 'mp-bar-label' }, text);
  const planned = el(
    'div',
    { class: 'mp-bar', hidden: true },
    el('span', { class: 'mp-bar-edge', 'data-edge': 'start' }),
    label,
    el('span', { class: 'mp-bar-edge', 'data-edge': 'end' }),
  );
  const gate = el('div', { class: 'mp-gate', hidden: true });
  const ghost = el('div', { class: 'mp-ghost', hidden: true });
  const was = el('div', { class: 'mp-was', hidden: true });
  const wanted = el('button', { type: 'button', class: 'mp-wanted', 'data-do': 'decide', tabindex: -1, hidden: true });
  const slack = el('div', { class: 'mp-slack', hidden: true });
  const actual = el('div', { class: 'mp-actual', hidden: true });
  let shown = '';
  return {
    elements: [ghost, slack, was, wanted, actual, planned, gate] as const,
    /** How much a bar of so many CSS pixels says. A container query would make the browser style each bar by itself. */
    setRoom(pixels: number) {
      setAttribute(planned, 'data-room', pixels < SHAPE_PX ? 'none' : pixels < WORD_PX ? 'shape' : 'words');
      setAttribute(planned, 'data-long', pixels > LONG_PX);
    },
    update(line: ChapterLine) {
      place(planned, line.bar);
      place(actual, line.actual);
      place(ghost, line.ghost);
      place(was, line.dispute?.was ?? null);
      place(wanted, line.dispute?.wanted ?? null);
      setAttribute(wanted, 'title', line.dispute?.words ?? null);
      setAttribute(wanted, 'aria-label', `${line.code} as it was wanted: decide`);
      const end = (line.bar?.start ?? 0) + (line.bar?.length ?? 0);
      place(slack, line.slackLength > 0 && !line.isCritical ? { start: end, length: line.slackLength } : null);
      const isPoint = line.chapterKind === 'gate' || line.chapterKind === 'milestone';
      setShown(gate, isPoint && line.bar !== null);
      if (isPoint && line.bar !== null) setVariable(gate, '--start', end);
      for (const shape of [planned, gate, actual]) setAttribute(shape, 'data-status', line.status);
      for (const shape of [planned, gate]) setAttribute(shape, 'data-critical', line.isCritical);
      setAttribute(planned, 'data-kind', line.chapterKind);
      setAttribute(planned, 'data-pending', line.pending !== null);
      setAttribute(gate, 'data-pending', line.pending !== null);
      setText(text, line.title);
      if (line.status !== null && shown !== line.status) {
        shown = line.status;
        label.querySelector('svg')?.remove();
        label.prepend(statusShape(line.status));
      }
    },
  };
}

function place(element: HTMLElement, span: Span | null): void {
  setShown(element, span !== null);
  if (span === null) return;
  setVariable(element, '--start', span.start);
  setVariable(element, '--length', span.length);
}
