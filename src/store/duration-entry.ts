/** Reads durations and shifts as people type them: minutes, or a sentence that says what to write. */

export type DurationEntry =
  | { readonly kind: 'ok'; readonly minutes: number }
  | { readonly kind: 'error'; readonly message: string };

export const TOO_SHORT = 'A duration is at least one minute.';

/** `45`, `45m`, `30 min`, `1.5h`, `2h 30m`, `2h30`, `2:30`, `1d 2h`, `PT2H30M`; no less than `least` minutes. */
export function readDuration(text: string, least: 0 | 1 = 1): DurationEntry {
  const minutes = durationMinutes(text.trim().toLowerCase());
  if (minutes === null) return { kind: 'error', message: 'Write a duration such as 45, 1h30, 2:30 or 1.5h.' };
  if (minutes < least) return { kind: 'error', message: TOO_SHORT };
  return { kind: 'ok', minutes };
}

/** `+45m`, `-1h30`, `45`: minutes, signed; never zero. */
export function readShiftMinutes(text: string): DurationEntry {
  const minutes = signedMinutes(text);
  if (minutes === null || minutes === 0) {
    return { kind: 'error', message: 'Write how far: +30, -15m, +1h30.' };
  }
  return { kind: 'ok', minutes };
}

/** The same, and nothing too; null where the text is no duration. */
export function signedMinutes(text: string): number | null {
  const [, sign, rest = ''] = /^([+-]?) ?(.*)$/.exec(text.trim().toLowerCase().replaceAll('−', '-')) ?? [];
  const minutes = durationMinutes(rest);
  return minutes === null ? null : sign === '-' ? 0 - minutes : minutes;
}

const DAYS = 'd(?:ays?)?|tage?|j(?:ours?)?';
const HOURS = 'h(?:ours?|rs?|eures?)?|std|stunden?';
const MINUTES = 'm(?:in(?:utes?|uten|s)?)?';
const AMOUNT = String.raw`(\d+(?:[.,]\d+)?)`;
/** Programs that know working time mark what is not by an "e". */
const UNITS = new RegExp(
  `^(?:${AMOUNT} ?e?(?:${DAYS})\\.?)? ?(?:${AMOUNT} ?e?(?:${HOURS})\\.?)? ?(?:(\\d+) ?(?:e?${MINUTES}\\.?)?)?$`,
);

/** Minutes without a sign; null where the text is no duration. Spreadsheets show seconds besides: to the nearest minute. */
export function durationMinutes(text: string): number | null {
  const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]) + Math.round(Number(clock[3] ?? 0) / 60);
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const long = /^pt?/.test(text) ? text.replace(/^p(\d+d)?t?/, '$1 ') : text;
  const units = UNITS.exec(long.trim());
  if (!units || units.slice(1).every((part) => part === undefined)) return null;
  const [days, hours, minutes] = units.slice(1).map((part) => Number((part ?? '0').replace(',', '.')));
  return Math.round((days ?? 0) * 1440 + (hours ?? 0) * 60 + (minutes ?? 0));
}
