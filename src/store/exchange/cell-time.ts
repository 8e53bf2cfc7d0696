/**
 * Times as tables hold them, in whatever way a program or a person wrote them. What could mean two days is not guessed: the
 * column tells (one value above 12 is enough), else the person is asked once. What clocks skip or show twice is refused
 * with what to write instead.
 */
import { readTime, type TimeContext } from '../time-entry.ts';
import { clockText, MONTHS } from '../times-text.ts';
import { clockMinutes, isZoneName, type LocalTime, localOf, toInstant, zoneName } from '../zone.ts';
import { localText } from './local-time.ts';

export type DateOrder = 'day-first' | 'month-first';

export type CellTime =
  | { readonly kind: 'ok'; readonly instant: number }
  | { readonly kind: 'error'; readonly message: string };

export interface CellContext extends TimeContext {
  /** Null where neither the table nor the person has said; then 3/4/2026 is an error. */
  readonly order: DateOrder | null;
}

export function readCellTime(text: string, context: CellContext): CellTime {
  const words = wordsOf(text);
  const dated = readDate(words, context.order);
  if (dated === 'unknown order') return error(`“${text.trim()}” may be two days: say which comes first, day or month.`);
  if (dated !== null)
    return dated.local === null ? error(`There is no day “${text.trim()}”.`) : instantOf(dated, context);
  if (/^\d{5}(?:\.\d+)?$/.test(words)) return fromSerial(Number(words), context);
  const { order } = context;
  const yearless = /^(.*?)(\d{1,2})\/(\d{1,2})(?= |$)(.*)$/.exec(words);
  if (yearless && order === null && isAmbiguous(yearless[2], yearless[3])) {
    return error(`“${text.trim()}” may be two days: say which comes first, day or month.`);
  }
  const isSwapped = yearless && (order === 'month-first' || Number(yearless[3]) > 12);
  const [, before, first, second, rest] = yearless ?? [];
  const entry = readTime(withoutSeconds(isSwapped ? `${before}${second}/${first}${rest}` : words), context);
  switch (entry.kind) {
    case 'ok':
      return entry;
    case 'gap':
      return error(
        `Clocks jump over “${text.trim()}”: write ${clockText(context.zone, entry.before)} or ${clockText(context.zone, entry.after)}.`,
      );
    case 'overlap':
      return shownTwice(text, entry, context);
    case 'error':
      return error(`“${text.trim()}” is no time that can be read.`);
  }
}

/** What the column says about 3/4/2026. `isNeeded`: some cell could mean two days. */
export function dateOrderOf(texts: Iterable<string>): { readonly isNeeded: boolean; readonly order: DateOrder | null } {
  let isNeeded = false;
  const seen = { 'day-first': false, 'month-first': false };
  for (const text of texts) {
    const [, first, second] =
      /^(?:[a-z]+\.?,? )?(\d{1,2})[/-](\d{1,2})(?:[/-]\d{2,4})?(?!\d)/.exec(wordsOf(text)) ?? [];
    if (first === undefined || second === undefined || Number(first) <= 0 || Number(second) <= 0) continue;
    if (isAmbiguous(first, second)) isNeeded = true;
    else if (Number(first) > 12 && Number(second) <= 12) seen['day-first'] = true;
    else if (Number(second) > 12 && Number(first) <= 12) seen['month-first'] = true;
  }
  if (seen['day-first'] && seen['month-first']) return { isNeeded: true, order: null };
  return { isNeeded, order: seen['day-first'] ? 'day-first' : seen['month-first'] ? 'month-first' : null };
}

/** A cell of Excel that holds a time of day shows seconds. */
const withoutSeconds = (words: string) => words.replace(/(\d{1,2}:\d{2}):\d{2}(?!\d)/, '$1');

const isAmbiguous = (first: string | undefined, second: string | undefined) =>
  Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second);

function wordsOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll('−', '-');
}

interface Dated {
  /** Null: there is no such day or time. */
  readonly local: LocalTime | null;
  /** `+01:00` as minutes; `cet`, `first`; null: the clocks of the zone say it. */
  readonly offset: number | string | null;
}

const CLOCK = String.raw`(?:[t ,]+(?:at )?(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(am|pm)?)?`;
const ZONE = String.raw`(?: ?(z|[+-]\d{2}:?\d{2})| (first|second|[a-z]{3,5}|(?:utc|gmt)[+-]\d+(?::\d\d)?))?`;
const ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${CLOCK}${ZONE}$`);
const NUMBERS = new RegExp(`^(?:[a-z]{2,9}\\.?,? )?(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${CLOCK}${ZONE}$`);
const DAY_NAME = new RegExp(
  `^(?:[a-z]{2,9}\\.?,? )?(\\d{1,2})(?:st|nd|rd|th)?\\.?[ -]([a-z]{3})[a-z]*\\.?[ ,-]+(\\d{4}|\\d{2})${CLOCK}${ZONE}$`,
);
const NAME_DAY = new RegExp(
  `^(?:[a-z]{2,9}\\.?,? )?([a-z]{3})[a-z]*\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${CLOCK}${ZONE}$`,
);

/** Null: no date with a year, which only then is one whatever stands around it. */
function readDate(words: string, order: DateOrder | null): Dated | 'unknown order' | null {
  const iso = ISO.exec(words);
  if (iso) return dated([iso[1], iso[2], iso[3]], iso.slice(4));
  const numbers = NUMBERS.exec(words);
  if (numbers) {
    const [, first, mark, second, year] = numbers;
    if (mark === '.') return dated([year, second, first], numbers.slice(5));
    if (order === null && isAmbiguous(first, second)) return 'unknown order';
    // A day above 12 says for itself which it is, unless the column says otherwise.
    const isMonthFirst = order === 'month-first' || (order === null && Number(second) > 12);
    return dated(isMonthFirst ? [year, first, second] : [year, second, first], numbers.slice(5));
  }
  const dayName = DAY_NAME.exec(words);
  if (dayName) return dated([dayName[3], monthOf(dayName[2]), dayName[1]], dayName.slice(4));
  const nameDay = NAME_DAY.exec(words);
  if (nameDay) return dated([nameDay[3], monthOf(nameDay[1]), nameDay[2]], nameDay.slice(4));
  return null;
}

const monthOf = (name = '') => String(MONTHS.findIndex((month) => month.toLowerCase() === name) + 1);

function dated(date: readonly (string | undefined)[], rest: readonly (string | undefined)[]): Dated {
  const [year = 0, month = 0, day = 0] = date.map(Number);
  const [hours = '0', minutes = '0', seconds = '0', meridiem, offset, zone] = rest;
  const hour = meridiem === undefined ? Number(hours) : (Number(hours) % 12) + (meridiem === 'pm' ? 12 : 0);
  const isHour = meridiem === undefined ? hour <= 24 : Number(hours) >= 1 && Number(hours) <= 12;
  const whole = { year: year < 100 ? year + 2000 : year, month, day, hour, minute: Number(minutes) };
  const midnight = localOf(clockMinutes({ ...whole, hour: 0, minute: 0 }));
  const isReal =
    midnight.month === month && midnight.day === day && isHour && whole.minute < 60 && Number(seconds) < 60;
  // Programs that count days as fractions write 22:14:59 for a quarter past.
  const local = isReal ? localOf(clockMinutes(whole) + Math.round(Number(seconds) / 60)) : null;
  return { local, offset: offset === undefined ? (zone ?? null) : offsetMinutes(offset) };
}

function offsetMinutes(text: string): number {
  if (text === 'z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

function instantOf({ local, offset }: Dated, { zone }: CellContext): CellTime {
  if (local === null) return error('There is no such day.');
  if (typeof offset === 'number') return { kind: 'ok', instant: clockMinutes(local) - offset };
  const found = toInstant(zone, local);
  const text = localText(local);
  switch (found.kind) {
    case 'ok':
      if (offset === null || isZoneName(zone, found.instant, offset)) return found;
      return error(`The clocks of ${zone} do not show ${offset.toUpperCase()} then.`);
    case 'gap':
      return error(
        `Clocks jump over ${text}: write ${clockText(zone, found.before)} or ${clockText(zone, found.after)}.`,
      );
    case 'overlap': {
      const isNamed = (instant: number) => offset !== null && isZoneName(zone, instant, offset);
      if (offset === 'first' || isNamed(found.first)) return { kind: 'ok', instant: found.first };
      if (offset === 'second' || isNamed(found.second)) return { kind: 'ok', instant: found.second };
      return shownTwice(text, found, { zone });
    }
  }
}

function shownTwice(
  text: string,
  { first, second }: { readonly first: number; readonly second: number },
  { zone }: Pick<CellContext, 'zone'>,
): CellTime {
  const [one, two] = [zoneName(zone, first), zoneName(zone, second)];
  return error(`Clocks show “${text.trim()}” twice: write ${one} or ${two} behind it.`);
}

/** Days since 1899-12-30, as Excel counts them; a cell without a format shows nothing else. */
function fromSerial(days: number, context: CellContext): CellTime {
  const local = localOf(Math.round((days - 25_569) * 1440));
  if (local.year < 2000 || local.year > 2100) return error(`“${days}” is no time that can be read.`);
  return instantOf({ local, offset: null }, context);
}

const error = (message: string): CellTime => ({ kind: 'error', message });
