/**
 * Reads times as people type them into the planner. Never guesses silently: a time that clocks skip or
 * show twice comes back as a question, and text that means nothing comes back as a sentence.
 */
import { durationMinutes } from './duration-entry.ts';
import { INSTANT_MAX, INSTANT_MIN } from './schema.ts';
import { clockMinutes, isZoneName, localOf, toInstant, toLocal, type ZonedInstant } from './zone.ts';

export interface TimeContext {
  readonly zone: string;
  /** Minutes since 1970, like every instant here. */
  readonly now: number;
  /** What the field holds; null where it is empty. `+45m` counts from it, and a bare `22:15` stays on its day. */
  readonly current: number | null;
  /** T of `T-2h`. */
  readonly windowStart: number;
  /** For an end: a time without a date is the first such time after this instant. */
  readonly after?: number;
}

export type TimeEntry = ZonedInstant | { readonly kind: 'error'; readonly message: string };
const FORMS = 'Write a time such as 22:15, sat 22:15, 28/3 22:15, +45m or T-2h.';

export function readTime(text: string, context: TimeContext): TimeEntry {
  const entry = readAny(text, context);
  return entry.kind === 'ok' && !isInRange(entry.instant) ? { kind: 'error', message: OUT_OF_RANGE } : entry;
}

export const OUT_OF_RANGE = 'Times lie between the years 2000 and 2100.';

/** What a plan can hold. */
export function isInRange(instant: number): boolean {
  return instant >= INSTANT_MIN && instant <= INSTANT_MAX;
}

function readAny(text: string, context: TimeContext): TimeEntry {
  const words = text.trim().toLowerCase().replaceAll('−', '-').replace(/\s+/g, ' ');
  if (words === '') return { kind: 'error', message: FORMS };
  if (words === 'now') return { kind: 'ok', instant: context.now };
  const shift = /^(t)? ?([+-]) ?(.+)$/.exec(words);
  if (shift) return readShift(shift, context);
  if (words === 't') return { kind: 'ok', instant: context.windowStart };
  return readClockTime(words, context);
}

function readShift([, fromWindow, sign, rest = '']: RegExpExecArray, context: TimeContext): TimeEntry {
  const minutes = durationMinutes(rest);
  if (minutes === null) return { kind: 'error', message: `“${rest}” is no duration. Write +45m, -1h or T-2h.` };
  const from = fromWindow ? context.windowStart : (context.current ?? context.after ?? context.windowStart);
  return { kind: 'ok', instant: sign === '-' ? from - minutes : from + minutes };
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function readClockTime(words: string, context: TimeContext): TimeEntry {
  const { rest, day, message } = readDay(words, context);
  if (message !== undefined) return { kind: 'error', message };
  const [, clockWords = '', zoneWord] =
    /^(.*?)(?: ([a-z]{3,5}|first|second|1st|2nd|(?:utc|gmt)[+-]\d+(?::\d\d)?))?$/.exec(rest) ?? [];
  const isMeridiem = zoneWord === 'am' || zoneWord === 'pm';
  const clock = clockWords === '' ? clockOfCurrent(context) : readClock(isMeridiem ? rest : clockWords);
  if (clock === null) return { kind: 'error', message: FORMS };
  const found = day === null ? withoutDay(clock, context) : onDay(day, clock, context);
  return zoneWord === undefined ? found : whichOf(found, zoneWord, context.zone);
}

/** A date alone moves the day and keeps the time. */
function clockOfCurrent({ zone, current }: TimeContext): number | null {
  return current === null ? null : clockMinutes(toLocal(zone, current)) % 1440;
}

/** A time of day in lower case as minutes after midnight, 1440 for 24:00; null where it is none. */
export function readClock(words: string): number | null {
  const [, hours = '', minutes = '0', meridiem] = /^(\d{1,2})(?:(?::|h|\.)?([0-5]\d)|h)? ?(am|pm)?$/.exec(words) ?? [];
  if (hours === '') return null;
  // "22" alone may be an hour or a slip of the finger: an hour needs a mark.
  if (/^\d{1,2}$/.test(words)) return null;
  const hour = Number(hours);
  if (meridiem !== undefined && (hour < 1 || hour > 12)) return null;
  const real = meridiem === undefined ? hour : (hour % 12) + (meridiem === 'pm' ? 12 : 0);
  const total = real * 60 + Number(minutes);
  return total <= 1440 ? total : null;
}

interface Day {
  readonly rest: string;
  /** The clock's minute at which the day begins; null where no day was typed. */
  readonly day: number | null;
  readonly message?: string;
}

function readDay(words: string, context: TimeContext): Day {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]|$)/.exec(words);
  if (iso) return dated(words.slice(iso[0].length), Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const weekday = /^([a-z]{3})[a-z]*\.?,? ?/.exec(words);
  const weekdayIndex = WEEKDAYS.indexOf(weekday?.[1] ?? '');
  const rest = weekday && weekdayIndex >= 0 ? words.slice(weekday[0].length) : words;
  const numbers = /^(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?(?: |$)/.exec(rest);
  const named = /^(\d{1,2})\.? ([a-z]{3})[a-z]*\.?(?: (\d{4}))?(?: |$)/.exec(rest);
  // "22.15" can be no day, and is how some write a time.
  const isClock = numbers?.[2] === '.' && numbers[4] === undefined && Number(numbers[3]) > 12;
  const date = numbers && !isClock ? numbers : named && MONTHS.includes(named[2] ?? '') ? named : null;
  if (date) {
    const month = date === numbers ? Number(date[3]) : MONTHS.indexOf(date[2] ?? '') + 1;
    const yearWords = date === numbers ? date[4] : date[3];
    const year = yearWords === undefined ? null : Number(yearWords) + (yearWords.length === 2 ? 2000 : 0);
    const found = nearestYear(year, month, Number(date[1]), context);
    const day = dated(rest.slice(date[0].length), found, month, Number(date[1]));
    return weekdayIndex >= 0 ? agreeing(day, weekdayIndex) : day;
  }
  if (weekdayIndex >= 0) return { rest, day: nearestWeekday(weekdayIndex, context) };
  return { rest, day: null };
}

function dated(rest: string, year: number, month: number, day: number): Day {
  const minutes = clockMinutes({ year, month, day, hour: 0, minute: 0 });
  const real = localOf(minutes);
  if (real.month !== month || real.day !== day) return { rest, day: null, message: `There is no day ${day}/${month}.` };
  return { rest, day: minutes };
}

/** A weekday beside a date must be that date's. */
function agreeing(found: Day, weekday: number): Day {
  if (found.day === null || new Date(found.day * 60_000).getUTCDay() === weekday) return found;
  return { ...found, message: 'That date is another weekday. Leave one of them out.' };
}

/** Where a typed day is looked for: near what the field held, else near the start of the row, else near the window. */
function reference({ zone, current, after, windowStart }: TimeContext): number {
  return clockMinutes(toLocal(zone, after ?? current ?? windowStart));
}

function nearestYear(year: number | null, month: number, day: number, context: TimeContext): number {
  if (year !== null) return year;
  const near = reference(context);
  const { year: here } = localOf(near);
  const distance = (candidate: number) =>
    Math.abs(clockMinutes({ year: candidate, month, day, hour: 0, minute: 0 }) - near);
  return [here - 1, here, here + 1].reduce((best, candidate) =>
    distance(candidate) < distance(best) ? candidate : best,
  );
}

/** The one within three days of the reference; for an end, the first one on or after its start. */
function nearestWeekday(weekday: number, context: TimeContext): number {
  const near = reference(context);
  const today = near - (near % 1440);
  const ahead = (weekday - new Date(today * 60_000).getUTCDay() + 7) % 7;
  const days = context.after === undefined && ahead > 3 ? ahead - 7 : ahead;
  return today + days * 1440;
}

function onDay(day: number, clock: number, { zone }: TimeContext): TimeEntry {
  return toInstant(zone, localOf(day + clock));
}

function withoutDay(clock: number, context: TimeContext): TimeEntry {
  const { zone, current, after, windowStart } = context;
  // The first such time after the row's start (an end), or at or after the window's (a row without times).
  const notBefore = after ?? (current === null ? windowStart - 1 : null);
  const near = clockMinutes(toLocal(zone, notBefore ?? current ?? windowStart));
  const today = near - (near % 1440);
  const found = onDay(today, clock, context);
  return notBefore !== null && latestOf(found) <= notBefore ? onDay(today + 1440, clock, context) : found;
}

function latestOf(entry: TimeEntry): number {
  switch (entry.kind) {
    case 'ok':
      return entry.instant;
    case 'gap':
      return entry.after;
    case 'overlap':
      return entry.second;
    case 'error':
      return Number.POSITIVE_INFINITY;
  }
}

/** `02:30 CEST` or `02:30 second` says which of two is meant; elsewhere the zone's name must fit. */
function whichOf(found: TimeEntry, word: string, zone: string): TimeEntry {
  if (word === 'am' || word === 'pm') return found;
  const isNamed = (instant: number) => isZoneName(zone, instant, word);
  if (found.kind === 'overlap') {
    if (word === 'first' || word === '1st' || isNamed(found.first)) return { kind: 'ok', instant: found.first };
    if (word === 'second' || word === '2nd' || isNamed(found.second)) return { kind: 'ok', instant: found.second };
  }
  if (found.kind === 'ok' && isNamed(found.instant)) return found;
  if (found.kind === 'gap') return found;
  return { kind: 'error', message: `This plan's clocks do not show ${word.toUpperCase()} then. Leave it out.` };
}
