/**
 * One or two of start, end and duration, typed once for several chapters; what is not typed stays as each of them has it, and the third
 * follows for each. What has a sign counts from each chapter’s own. All of them or none. Pure.
 */
import { readDuration, signedMinutes, TOO_SHORT } from '../../store/duration-entry.ts';
import { readInstant } from '../../store/instant-entry.ts';
import type { Retimed } from '../../store/network/cascade.ts';
import type { Problem } from '../../store/row-edits.ts';
import { isInRange, OUT_OF_RANGE } from '../../store/time-entry.ts';
import { timeText } from '../../store/times-text.ts';
import { type Act, type Scheduled, setTimes } from './acts.ts';
import { leastDuration, type TimeField, type TypedContext, timeContext } from './typed-times.ts';

export type TypedTimes = { readonly [F in TimeField]: string };

export interface SeveralTimes {
  readonly act: Act;
  /** Those that have other times by it. */
  readonly retimed: readonly Retimed[];
}

const FIELDS: readonly TimeField[] = ['start', 'end', 'duration'];

export function severalTimes(
  lines: readonly Scheduled[],
  typed: TypedTimes,
  context: TypedContext,
): SeveralTimes | Problem {
  const given = FIELDS.filter((field) => typed[field] !== '');
  if (given.length === 0) return { field: null, message: 'Write one or two of them.' };
  if (given.length === 3) return { field: 'duration', message: 'Leave one of the three empty: it follows.' };
  const [first] = lines.toSorted((a, b) => a.schedule.planned_start - b.schedule.planned_start);
  const retimed: Retimed[] = [];
  const ops: Act['ops'][number][] = [];
  for (const line of lines) {
    const span = spanOf(line, typed, { ...context, first: first ?? line });
    if ('message' in span) return span;
    const { planned_start, planned_end, iteration_id } = line.schedule;
    if (span.start === planned_start && span.end === planned_end) continue;
    retimed.push({ chapterId: line.id, ...span });
    ops.push(...setTimes(context.zone, line, iteration_id, { ...span, isFixed: line.isFixed }).ops);
  }
  if (ops.length === 0) return { field: null, message: 'Nothing would change.' };
  const what = given.join(' and ').replace(/^./, (letter) => letter.toUpperCase());
  return {
    act: { label: `${what} of ${lines.length} chapters: ${given.map((field) => typed[field]).join(', ')}`, ops },
    retimed,
  };
}

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
