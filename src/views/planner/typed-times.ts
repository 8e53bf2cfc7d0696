/** What a text typed into start, end or duration would do, said before it is done. Pure. */
import { isMoment } from '../../store/chapter-kind.ts';
import { readDuration, TOO_SHORT } from '../../store/duration-entry.ts';
import { isInRange, OUT_OF_RANGE, readTime, type TimeContext, type TimeEntry } from '../../store/time-entry.ts';
import { clockText, dayText, durationText, shiftText, timeText } from '../../store/times-text.ts';
import { zoneName } from '../../store/zone.ts';
import { type Act, moveStart, type Scheduled, setDuration, setEdge } from './acts.ts';
import { type CascadeOf, cascadeWords, retimedBy, withCascade } from './knock-on.ts';
import type { ChapterLine } from './lines.ts';

export type TimeField = 'start' | 'end' | 'duration';

/**
 * - `act`: this edit, and a preview in words; `pushing` is the same edit with what it pushes. `same`: nothing would change.
 * - `ask`: clocks skip or repeat the time; the reader chooses. `error`: a sentence that says what to write.
 */
export type Reading =
  | { readonly kind: 'act'; readonly act: Act; readonly preview: string; readonly pushing?: Act }
  | { readonly kind: 'same' }
  | { readonly kind: 'ask'; readonly question: string; readonly choices: readonly TimeChoice[] }
  | { readonly kind: 'error'; readonly message: string };

export interface TimeChoice {
  readonly label: string;
  readonly instant: number;
}

export interface TypedContext {
  readonly zone: string;
  readonly now: number;
  readonly windowStart: number;
}

export function readField(field: TimeField, text: string, line: Scheduled, context: TypedContext): Reading {
  const { planned_start: start, planned_end: end } = line.schedule;
  if (field === 'duration') {
    const entry = readDuration(text, leastDuration(line));
    if (entry.kind === 'error') return entry;
    if (entry.minutes === end - start) return { kind: 'same' };
    if (!isInRange(start + entry.minutes)) return { kind: 'error', message: OUT_OF_RANGE };
    const preview = `ends ${timeText(context.zone, start + entry.minutes)} (${shiftText(entry.minutes - (end - start))})`;
    return { kind: 'act', act: setDuration(line, entry.minutes), preview };
  }
  const entry = readTime(text, timeContext(field, line, context));
  return entry.kind === 'ok' ? atInstant(field, entry.instant, line, context) : asked(entry, context.zone);
}

/** A gate and a milestone may be a moment, and what is one may stay one. */
export function leastDuration({ chapterKind, schedule }: Pick<ChapterLine, 'chapterKind' | 'schedule'>): 0 | 1 {
  return isMoment(chapterKind) || (schedule !== null && schedule.planned_end === schedule.planned_start) ? 0 : 1;
}

/** The reading of a chosen instant: what the answer to an `ask` does. */
export function atInstant(field: 'start' | 'end', instant: number, line: Scheduled, context: TypedContext): Reading {
  const { zone } = context;
  const { planned_start: start, planned_end: end } = line.schedule;
  if (field === 'start') {
    if (instant === start) return { kind: 'same' };
    const shift = instant - start;
    if (!isInRange(end + shift)) return { kind: 'error', message: OUT_OF_RANGE };
    const preview = `${timeText(zone, instant)} (${shiftText(shift)}), ends ${timeText(zone, end + shift)}`;
    return { kind: 'act', act: moveStart(zone, line, instant), preview };
  }
  if (instant === end) return { kind: 'same' };
  if (instant < start) return { kind: 'error', message: `That is before the start, ${timeText(zone, start)}.` };
  if (instant - start < leastDuration(line)) return { kind: 'error', message: TOO_SHORT };
  const preview = `${timeText(zone, instant)} (${shiftText(instant - end)}), takes ${durationText(instant - start)}`;
  return { kind: 'act', act: setEdge(zone, line, 'end', instant), preview };
}

/** The same reading, with what it does to whatever comes after. */
export function withKnockOn(reading: Reading, line: Scheduled, cascadeOf: CascadeOf): Reading {
  if (reading.kind !== 'act') return reading;
  const moved = [retimedBy(line, reading.act)];
  const words = cascadeWords(cascadeOf(moved, 'only'));
  const pushed = cascadeOf(moved, 'push');
  if (words === '') return reading;
  const preview = `${reading.preview} · ${words}`;
  if (pushed.slips.length === 0) return { ...reading, preview };
  return {
    ...reading,
    preview: `${preview}. Shift+Enter ${cascadeWords(pushed)}`,
    pushing: withCascade(reading.act, pushed),
  };
}

export function timeContext(field: 'start' | 'end', line: Scheduled, context: TypedContext): TimeContext {
  const { planned_start, planned_end } = line.schedule;
  return field === 'start'
    ? { ...context, current: planned_start }
    : { ...context, current: planned_end, after: planned_start };
}

/** Puts a gap or an overlap of the clocks as a question. */
export function asked(
  entry: Exclude<TimeEntry, { kind: 'ok' }>,
  zone: string,
): Extract<Reading, { kind: 'ask' | 'error' }> {
  const choice = (instant: number): TimeChoice => ({
    label: `${dayText(zone, instant)} ${clockText(zone, instant)} ${zoneName(zone, instant)}`,
    instant,
  });
  switch (entry.kind) {
    case 'error':
      return entry;
    case 'gap':
      return {
        kind: 'ask',
        question: 'Clocks skip this time that night. Which one is meant?',
        choices: [choice(entry.before), choice(entry.after)],
      };
    case 'overlap':
      return {
        kind: 'ask',
        question: 'Clocks show this time twice that night. Which one is meant?',
        choices: [choice(entry.first), choice(entry.second)],
      };
  }
}
