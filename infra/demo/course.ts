/**
 * How an iteration went, or goes at `now`: durations drift, delays are handed on to successors, reserves swallow them.
 * A live iteration has one chapter that is blocked and one that should have ended already.
 */
import type { Status } from '../../src/store/rows.ts';
import type { Frame } from './calendar.ts';
import type { DemoChapter } from './programme.ts';
import type { Random } from './random.ts';
import { earliestStart, type Span, type Spans } from './timeline.ts';

export interface Report {
  readonly status: Status;
  readonly actual_start: number | null;
  readonly actual_end: number | null;
  readonly note: string;
  readonly decision: 'go' | 'go_with_conditions' | null;
}

export interface CourseInput {
  readonly chapters: readonly DemoChapter[];
  readonly planned: Spans;
  readonly frame: Frame;
  /** Minutes since 1970. */
  readonly now: number;
  readonly random: Random;
}

export interface Course {
  /** Planned times; in a live iteration one chapter was planned too short. */
  readonly planned: Spans;
  /** By chapter code. */
  readonly reports: ReadonlyMap<string, Report>;
}

export function courseOf(input: CourseInput): Course {
  const { chapters, planned, frame, random } = input;
  const each = (report: (chapter: DemoChapter) => Report) =>
    new Map(chapters.map((chapter) => [chapter.code, report(chapter)]));
  if (frame.stage === 'planned') return { planned, reports: each(() => PENDING) };
  const drifts = new Map(chapters.map((chapter) => [chapter.code, driftOf(chapter, frame, random)]));
  const undisturbed = simulate(input, drifts, '');
  if (frame.stage === 'done') {
    return { planned, reports: each((chapter) => finished(chapter, spanOf(undisturbed, chapter), frame)) };
  }
  const trouble = findTrouble(input, undisturbed);
  const spans = simulate(input, drifts, trouble.blocked);
  return {
    planned: tooShort(input, trouble.late),
    reports: each((chapter) => reportAt(chapter, spans, { ...input, trouble })),
  };
}

const PENDING: Report = { status: 'pending', actual_start: null, actual_end: null, note: '', decision: null };

interface Drift {
  /** Actual duration as a multiple of the planned one. */
  readonly factor: number;
  /** Minutes between "may start" and "starts". */
  readonly hesitation: number;
}

function driftOf(chapter: DemoChapter, { estimate }: Frame, random: Random): Drift {
  const spread = 0.88 + 0.28 * random.fraction();
  // The first estimates were too low, so the first rehearsals overran them.
  return { factor: chapter.kind === 'work' ? spread / estimate : 1, hesitation: random.whole(0, 7) };
}

/** The chapter `endless` starts and never ends; what waits for its end never starts. */
function simulate({ chapters, planned }: CourseInput, drifts: ReadonlyMap<string, Drift>, endless: string): Spans {
  const spans = new Map<string, Span>();
  for (const chapter of chapters) {
    const plan = spanOf(planned, chapter);
    const { factor, hesitation } = drifts.get(chapter.code) ?? { factor: 1, hesitation: 0 };
    const minutes = Math.round((plan.end - plan.start) * factor);
    const wait = chapter.kind === 'milestone' ? 0 : hesitation;
    const start = Math.max(plan.start, earliestStart(chapter, minutes, spans)) + wait;
    // A reserve gives back what was lost before it.
    const end = chapter.kind === 'buffer' ? Math.max(start, plan.end) : start + minutes;
    spans.set(chapter.code, { start, end: chapter.code === endless ? Number.POSITIVE_INFINITY : end });
  }
  return spans;
}

/** Codes of two chapters that run at `now`: the one with longest to go, and the one nearest to its end. */
interface Trouble {
  readonly late: string;
  readonly blocked: string;
}

const LATE_BY = 40;

function findTrouble({ chapters, planned, now }: CourseInput, spans: Spans): Trouble {
  const running = chapters
    .filter(({ code, kind }) => kind === 'work' && isAt(spans, code, now))
    .sort((a, b) => spanOf(spans, a).end - spanOf(spans, b).end);
  const blocked = running.at(-1)?.code ?? '';
  const couldBeLate = ({ code, links }: DemoChapter) =>
    code !== blocked && (planned.get(code)?.start ?? now) + LATE_BY < now && links.every(({ kind }) => kind !== 'FF');
  return { blocked, late: running.find(couldBeLate)?.code ?? '' };
}

function isAt(spans: Spans, code: string, now: number): boolean {
  const span = spans.get(code);
  return span !== undefined && span.start <= now && span.end > now;
}

/** The plan had the late chapter end before now. */
function tooShort({ planned, now }: CourseInput, late: string): Spans {
  const span = planned.get(late);
  if (span === undefined) return planned;
  const end = Math.min(span.end, Math.floor((now - LATE_BY) / 5) * 5);
  return new Map(planned).set(late, { start: span.start, end: Math.max(end, span.start) });
}

/** Parts of a programme that a first rehearsal leaves out. */
const LEFT_OUT = ['GC', 'IC'];

function finished(chapter: DemoChapter, { start, end }: Span, { code }: Frame): Report {
  if (code === 'RUN0' && LEFT_OUT.includes(chapter.code)) {
    return { ...PENDING, status: 'skipped', note: 'Left out of the first rehearsal.' };
  }
  const isConditional = code === 'RUN1' && chapter.code === 'GP';
  const note = isConditional ? 'Accepted on condition that accruals are checked again on Monday.' : '';
  const decision = chapter.kind === 'gate' ? (isConditional ? 'go_with_conditions' : 'go') : null;
  return { status: 'done', actual_start: start, actual_end: end, note, decision };
}

function reportAt(chapter: DemoChapter, spans: Spans, input: CourseInput & { readonly trouble: Trouble }): Report {
  const { now, frame, trouble } = input;
  const span = spanOf(spans, chapter);
  if (span.start > now) return { ...PENDING, status: isReady(chapter, spans, input) ? 'ready' : 'pending' };
  if (chapter.code === trouble.blocked) {
    const note = 'The export volume is read-only; the storage team is on it. Next word within 30 minutes.';
    return { ...PENDING, status: 'blocked', actual_start: span.start, note };
  }
  if (span.end > now) {
    const note = chapter.code === trouble.late ? 'Index build takes longer than in RUN2. Nothing has failed.' : '';
    return { ...PENDING, status: 'running', actual_start: span.start, note };
  }
  return finished(chapter, span, frame);
}

/** Due within the hour, with nothing left to wait for. */
function isReady(chapter: DemoChapter, spans: Spans, { planned, now }: CourseInput): boolean {
  return spanOf(planned, chapter).start <= now + 60 && earliestStart(chapter, 0, spans) <= now;
}

function spanOf(spans: Spans, { code }: DemoChapter): Span {
  const span = spans.get(code);
  if (span === undefined) throw new Error(`chapter ${code} has no times`);
  return span;
}
