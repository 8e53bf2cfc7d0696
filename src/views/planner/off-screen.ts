import { durationText } from '../../store/times-text.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { isMissed } from './bar.ts';
import type { PlannerLine, Span } from './lines.ts';
import { seldom } from './seldom.ts';

/** What of a row lies beyond the edges of the screen, and how far: its bar, and its deadline where that is not the same way. */
export function offScreenMarks(lane: HTMLElement) {
  const mark = (rank: number, act: string) =>
    seldom(lane, rank, () => el('button', { type: 'button', class: 'mp-offscreen', 'data-do': act, tabindex: -1 }));
  const bar = mark(9, 'reveal');
  const due = mark(10, 'reveal-deadline');
  return {
    update(line: PlannerLine, seen: Span) {
      const toBar = line.bar && beyond(line.bar, seen);
      const chevron = bar(toBar !== null);
      if (chevron !== null && toBar !== null) point(chevron, toBar);
      const deadline = line.kind === 'chapter' ? line.deadline : null;
      const toDue = deadline === null ? null : beyond({ start: deadline, length: 0 }, seen);
      const flag = due(toDue !== null && toDue.side !== toBar?.side);
      if (line.kind !== 'chapter' || flag === null || toDue === null) return;
      point(flag, toDue);
      setAttribute(flag, 'title', line.deadlineMeaning);
      setAttribute(flag, 'aria-label', `${line.deadlineMeaning}: ${toDue.words}`);
      setAttribute(flag, 'data-missed', isMissed(line));
    },
  };
}

interface Beyond {
  readonly side: 'start' | 'end';
  /** How far: `‹ 3h`. */
  readonly words: string;
}

/** Null where some of it is seen. */
function beyond(span: Span, seen: Span): Beyond | null {
  const before = seen.start - span.start - span.length;
  const after = span.start - seen.start - seen.length;
  const far = (minutes: number) => durationText(minutes < 1440 ? minutes : Math.round(minutes / 60) * 60);
  if (before > 0) return { side: 'start', words: `‹ ${far(Math.round(before))}` };
  return after > 0 ? { side: 'end', words: `${far(Math.round(after))} ›` } : null;
}

function point(mark: HTMLElement, { side, words }: Beyond): void {
  setAttribute(mark, 'data-side', side);
  setText(mark, words);
}
