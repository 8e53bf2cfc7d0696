/**
 * Between instants (whole minutes since 1970-01-01T00:00Z) and the wall clock of an IANA zone. Every local time on
 * screen and every typed one passes through this pair, which a property test keeps inverse: two functions that were
 * almost inverse moved bars by an hour in other planners.
 */

/** What a wall clock shows; month 1–12. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/**
 * - `ok`: exactly one instant shows this time.
 * - `gap`: clocks jumped over it; `before` and `after` are the instants that it would be by the clock after the jump
 *   and by the clock before it, so they show the same time earlier and later by the length of the jump.
 * - `overlap`: clocks were set back and showed it twice.
 */
export type ZonedInstant =
  | { readonly kind: 'ok'; readonly instant: number }
  | { readonly kind: 'gap'; readonly before: number; readonly after: number }
  | { readonly kind: 'overlap'; readonly first: number; readonly second: number };

const HOUR = 60;
/** No zone is further from UTC than 14 hours east or 12 west; beyond these a clock cannot show the time asked for. */
const FURTHEST_EAST = 14 * HOUR + 1;
const FURTHEST_WEST = 12 * HOUR + 1;

export function toInstant(zone: string, local: LocalTime): ZonedInstant {
  const clock = clockMinutes(local);
  const earlyOffset = offsetAt(zone, clock - FURTHEST_EAST);
  const lateOffset = offsetAt(zone, clock + FURTHEST_WEST);
  const early = clock - earlyOffset;
  const late = clock - lateOffset;
  const isEarlyReal = offsetAt(zone, early) === earlyOffset;
  const isLateReal = offsetAt(zone, late) === lateOffset;
  if (isEarlyReal && isLateReal && early !== late) {
    return { kind: 'overlap', first: Math.min(early, late), second: Math.max(early, late) };
  }
  if (isEarlyReal) return { kind: 'ok', instant: early };
  if (isLateReal) return { kind: 'ok', instant: late };
  return { kind: 'gap', before: Math.min(early, late), after: Math.max(early, late) };
}

export function toLocal(zone: string, instant: number): LocalTime {
  return localOf(instant + offsetAt(zone, instant));
}

/** Minutes east of UTC. To ask the platform is dear, and where an hour begins and ends alike there is no change within it. */
export function offsetAt(zone: string, instant: number): number {
  const hour = Math.floor(instant / HOUR) * HOUR;
  const offset = askedOffset(zone, hour);
  return instant === hour || askedOffset(zone, hour + HOUR) === offset ? offset : askedOffset(zone, instant);
}

function askedOffset(zone: string, instant: number): number {
  const offsets = knownOffsets.get(zone) ?? new Map<number, number>();
  knownOffsets.set(zone, offsets);
  let offset = offsets.get(instant);
  if (offset === undefined) {
    // A night on screen asks for a few thousand instants again and again; a year of scrolling must not keep them all.
    if (offsets.size > 20_000) offsets.clear();
    offset = platformOffset(zone, instant);
    offsets.set(instant, offset);
  }
  return offset;
}

/** By `Temporal` where the browser has it: the first format of dates takes twenty milliseconds, before anything is on screen. */
function platformOffset(zone: string, instant: number): number {
  const { Temporal } = globalThis as { readonly Temporal?: Temporal };
  if (Temporal === undefined) return clockMinutes(clockOf(zone, instant)) - instant;
  const here = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant * 60_000)).toZonedDateTimeISO(zone);
  return here.offsetNanoseconds / 60e9;
}

/** What is used of it; TypeScript knows it only for newer targets. */
interface Temporal {
  readonly Instant: {
    fromEpochMilliseconds(at: number): { toZonedDateTimeISO(zone: string): { readonly offsetNanoseconds: number } };
  };
}

/** The clock's own count of minutes: a local time as if it were UTC. Adding to it is calendar arithmetic. */
export function clockMinutes({ year, month, day, hour, minute }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}

/** The inverse of `clockMinutes`. */
export function localOf(minutes: number): LocalTime {
  const date = new Date(minutes * 60_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** "CET", "CEST", or "UTC+5:30" where the language has no name for it. */
export function zoneName(zone: string, instant: number, language: (typeof ENGLISH)[number] = ENGLISH[0]): string {
  const parts = namer(zone, language).formatToParts(instant * 60_000);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  return name.replace(/^GMT/, 'UTC');
}

/**
 * Whether `word` is what somebody calls the clocks of `zone` at `instant`: the name shown here, or the one that English has
 * for it where it is spoken, such as GMT, EST, NST and AEDT.
 */
export function isZoneName(zone: string, instant: number, word: string): boolean {
  const wanted = word.toLowerCase().replace(/^gmt/, 'utc');
  return ENGLISH.some((language) => zoneName(zone, instant, language).toLowerCase() === wanted);
}

/** British English knows both the European and, for lack of better, numeric names: CET, CEST, BST, GMT-5. It comes first. */
const ENGLISH = ['en-GB', 'en-US', 'en-CA', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'] as const;

const knownOffsets = new Map<string, Map<number, number>>();
const clocks = new Map<string, Intl.DateTimeFormat>();
const namers = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string, instant: number): LocalTime {
  const shown: Record<string, number> = {};
  for (const { type, value } of clock(zone).formatToParts(instant * 60_000)) shown[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = shown;
  return { year, month, day, hour, minute };
}

function clock(zone: string): Intl.DateTimeFormat {
  let format = clocks.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(zone, format);
  }
  return format;
}

function namer(zone: string, language: string): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  let format = namers.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
    namers.set(key, format);
  }
  return format;
}
