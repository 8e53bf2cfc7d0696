/**
 * One or two of start, end and duration, and by when it must be over, typed once for several chapters; what is not typed stays as
 * each of them has it, and the third follows for each. What has a sign counts from each chapter’s own. All of them or none. Pure.
 */
import { readDuration, signedMinutes, TOO_SHORT } from '../../store/duration-entry.ts';
import { readInstant } from '../../store/instant-entry.ts';
import type { Problem } from '../../store/row-edits.ts';
import { isInRange, OUT_OF_RANGE } from '../../store/time-entry.ts';
import { timeText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import { type Act, type Scheduled, setTimes } from './acts.ts';
import type { Moved } from './knock-on.ts';
import { leastDuration, type TimeField, type TypedContext, timeContext } from './typed-times.ts';

export type TypedTimes = { readonly [F in TimeField | 'deadline']: string };

export interface SeveralTimes {
  readonly act: Act;
  /** Those that have other times, or another deadline, by it. */
  readonly retimed: readonly Moved[];
}

const FIELDS: readonly TimeField[] = ['start', 'end', 'duration'];

export function severalTimes(
  lines: readonly Scheduled[],
  typed: TypedTimes,
  context: TypedContext,
): SeveralTimes | Problem {
  const given = FIELDS.filter((field) => typed[field] !== '');
  if (given.length === 0 && typed.deadline === '') return { field: null, message: 'Write one of them.' };
  if (given.length === 3) return { field: 'duration', message: 'Leave one of the three empty: it follows.' };
  const [first] = lines.toSorted((a, b) => a.schedule.planned_start - b.schedule.planned_start);
  if (first === undefined) return { field: null, message: NOTHING };
  const several = { ...context, first };
  const deadlineOf = readDeadline(typed, several, lines);
  if ('message' in deadlineOf) return deadlineOf;
  const retimed: Moved[] = [];
  const ops: Act['ops'][number][] = [];
  for (const line of lines) {
    const span = spanOf(line, typed, several);
    if ('message' in span) return span;
    const { planned_start, planned_end, must_finish_by, iteration_id } = line.schedule;
    const mustFinishBy = deadlineOf(must_finish_by);
    if (mustFinishBy !== null && !isInRange(mustFinishBy)) return { field: 'deadline', message: OUT_OF_RANGE };
    if (span.start === planned_start && span.end === planned_end && mustFinishBy === must_finish_by) continue;
    retimed.push({ chapterId: line.id, ...span, mustFinishBy, from: line.schedule });
    const wanted = { ...span, isFixed: line.isFixed, mustFinishBy };
    ops.push(...setTimes(context.zone, line, iteration_id, wanted).ops);
  }
  if (ops.length === 0) return { field: null, message: NOTHING };
  return { act: { label: labelOf(typed, given, { count: lines.length, retimed, context }), ops }, retimed };
}

const NOTHING = 'Nothing would change.';

interface SeveralContext extends TypedContext {
  /** A time without a sign is one instant for all, read as if it was typed for the one that begins first. */
  readonly first: Scheduled;
}

function spanOf(
  line: Scheduled,
  typed: TypedTimes,
  context: SeveralContext,
): { readonly start: number; readonly end: number } | Problem {
  const { code, schedule } = line;
  let { planned_start: start, planned_end: end } = schedule;
  let duration = end - start;
  if (typed.duration !== '') {
    const entry = durationOf(typed.duration, duration, leastDuration(line));
    if (typeof entry === 'string') return { field: 'duration', message: `${code}: ${entry}` };
    duration = entry;
  }
  if (typed.start !== '') {
    const of = isSigned(typed.start) ? line : context.first;
    const entry = readInstant(typed.start, timeContext('start', of, context));
    if ('message' in entry) return { field: 'start', message: entry.message };
    start = entry.instant;
  }
  if (typed.end === '') end = start + duration;
  else {
    const of = isSigned(typed.end) ? line : context.first;
    const from = typed.start === '' ? of.schedule.planned_start : start;
    const entry = readInstant(typed.end, { ...context, current: of.schedule.planned_end, after: from });
    if ('message' in entry) return { field: 'end', message: entry.message };
    end = entry.instant;
    if (typed.duration !== '') start = end - duration;
    if (end < start) {
      return { field: 'end', message: `${code} would end before it starts, ${timeText(context.zone, start)}.` };
    }
    if (end - start < leastDuration(line)) return { field: 'end', message: `${code}: ${TOO_SHORT}` };
  }
  if (!isInRange(start) || !isInRange(end)) return { field: null, message: `${code}: ${OUT_OF_RANGE}` };
  return { start, end };
}

const isSigned = (text: string) => /^[+−-]/.test(text);

/** `+15m` makes it as much longer. */
function durationOf(text: string, now: number, least: 0 | 1): number | string {
  const by = isSigned(text) ? signedMinutes(text) : null;
  if (by !== null) return now + by < least ? TOO_SHORT : now + by;
  const entry = readDuration(text, least);
  return entry.kind === 'ok' ? entry.minutes : entry.message;
}

/** What becomes of a deadline, where there is none too; a time without a day is the first such time after the first start. */
function readDeadline(
  typed: TypedTimes,
  context: SeveralContext,
  lines: readonly Scheduled[],
): ((due: number | null) => number | null) | Problem {
  const { deadline } = typed;
  const problem = (message: string) => ({ field: 'deadline', message });
  if (deadline === '') return (due) => due;
  if (NONE.test(deadline)) return () => null;
  const by = isSigned(deadline) ? signedMinutes(deadline) : null;
  if (by !== null) {
    const hasAny = lines.some(({ schedule }) => schedule.must_finish_by !== null);
    return hasAny ? (due) => due && due + by : problem('None of them has a deadline to count from.');
  }
  const { first } = context;
  const span = spanOf(first, typed, context);
  if ('message' in span) return span;
  const entry = readInstant(deadline, { ...context, current: first.schedule.must_finish_by, after: span.start });
  return 'message' in entry ? problem(entry.message) : () => entry.instant;
}

const NONE = /^none$/i;

interface Told {
  readonly count: number;
  readonly retimed: readonly Moved[];
  readonly context: TypedContext;
}

/** `Start and duration of 3 chapters: 21:00, 1h, and they must finish by Sun 28 Mar 07:00` */
function labelOf(typed: TypedTimes, given: readonly TimeField[], { count, retimed, context }: Told): string {
  const { deadline } = typed;
  const what = given.join(' and ').replace(/^./, (letter) => letter.toUpperCase());
  const times = `${what} of ${counted(count, 'chapter')}: ${given.map((field) => typed[field]).join(', ')}`;
  if (deadline === '') return times;
  const due = retimed[0]?.mustFinishBy ?? null;
  const common = isSigned(deadline) || due === null ? null : `must finish by ${timeText(context.zone, due)}`;
  const changed = counted(retimed.length, 'chapter');
  if (given.length > 0) {
    if (isSigned(deadline)) return `${times}, and their deadline: ${deadline}`;
    return `${times}, and they ${common ?? 'have no deadline any more'}`;
  }
  if (isSigned(deadline)) return `Deadline of ${changed}: ${deadline}`;
  if (common !== null) return `${counted(count, 'chapter')} ${common}`;
  return `${changed} ${retimed.length === 1 ? 'has' : 'have'} no deadline any more`;
}
