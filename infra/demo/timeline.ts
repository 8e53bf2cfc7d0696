/** From chapters and their predecessors to planned times, by going forward: nothing starts before all it waits for. */
import type { Frame } from './calendar.ts';
import { phaseOf } from './chapters.ts';
import type { DemoChapter } from './programme.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** By chapter code. Chapters come after their predecessors in `chapters`. */
export type Spans = ReadonlyMap<string, Span>;

export function planTimes(chapters: readonly DemoChapter[], frame: Frame): Spans {
  const spans = new Map<string, Span>();
  for (const chapter of chapters) {
    const minutes = chapter.kind === 'work' ? roundTo5(chapter.minutes * frame.estimate) : chapter.minutes;
    const dayStart = frame.dayStart(phaseOf(chapter.code), chapter.day);
    const start = Math.max(dayStart + chapter.notBefore, earliestStart(chapter, minutes, spans));
    spans.set(chapter.code, { start, end: start + minutes });
  }
  return spans;
}

/** As the predecessors allow; `minutes` is the chapter's own duration, which an FF link needs. */
export function earliestStart(chapter: DemoChapter, minutes: number, spans: Spans): number {
  let earliest = Number.NEGATIVE_INFINITY;
  for (const { predecessor, kind, lag } of chapter.links) {
    const before = spans.get(predecessor);
    if (before === undefined) continue;
    const from = kind === 'SS' ? before.start : before.end;
    earliest = Math.max(earliest, from + lag - (kind === 'FF' ? minutes : 0));
  }
  return earliest;
}

function roundTo5(minutes: number): number {
  return Math.max(5, Math.round(minutes / 5) * 5);
}
