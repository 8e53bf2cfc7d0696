/**
 * A number of a workbook as text that every reader of tables here understands. Its format says what it is: dates and times are
 * days since the end of 1899 (or 1904), durations parts of a day (ECMA-376 part 1, 18.8.30 and 18.17.4).
 */
import { localText } from '../exchange/local-time.ts';
import { localOf } from '../zone.ts';

/** What the numbers of formats stand for that no file explains; the others hold no time. */
export const KNOWN_FORMATS: ReadonlyMap<number, string> = new Map([
  [14, 'd/m/y'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'd/m/y h:mm'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
]);

/** `days`: as the file has it. Times are whole minutes, a date without one is a date alone. */
export function numberText(days: number, format: string, is1904: boolean): string {
  const [code = ''] = format.split(';', 1);
  const kind = kindOf(code);
  if (kind === 'number' || days < 0 || days > DAYS_MAX) return plainText(days, code);
  // A time of day that has its day too, and a duration: only years from 2000 on are days of a plan.
  const hasDay = kind === 'date' || days >= DAY_OF_2000;
  if (!hasDay) return clockOf(Math.round(days * 1440), kind);
  const minute = Math.round((days + (is1904 ? DAYS_TO_1904 : 0)) * 1440);
  const text = dayText(minute);
  return minute % 1440 === 0 && !/h/i.test(bare(code)) ? text.slice(0, 10) : text;
}

/** 9999-12-31, the last day that a workbook has. */
const DAYS_MAX = 2_958_466;
const DAY_OF_2000 = 35_064;
const DAYS_TO_1904 = 1_462;
const DAYS_TO_1970 = 25_569;

function kindOf(code: string): 'number' | 'date' | 'time' | 'elapsed' {
  const letters = bare(code);
  if (/general/i.test(letters)) return 'number';
  if (/\[[hms]+\]/i.test(letters)) return 'elapsed';
  if (/[yd]/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters)) return 'time';
  return /m/i.test(letters) ? 'date' : 'number';
}

/** Without what is shown as it is: quoted words, escaped and padding characters, colours, currencies, AM and PM. */
function bare(code: string): string {
  return code
    .replaceAll(/"[^"]*"?|\\.|[_*]./g, '')
    .replaceAll(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .replaceAll(/AM\/PM|A\/P/gi, '');
}

function clockOf(minutes: number, kind: 'time' | 'elapsed' | 'date'): string {
  const hours = Math.floor(minutes / 60);
  // One minute before midnight and a half is midnight.
  const shown = kind === 'time' && minutes === 1440 ? 0 : hours;
  return `${String(shown).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The year 1900 had no 29 February, but counts one. */
function dayText(minute: number): string {
  const day = Math.floor(minute / 1440);
  if (day === 60) return `1900-02-29 ${clockOf(minute % 1440, 'time')}`;
  return localText(localOf(minute - (day < 60 ? DAYS_TO_1970 - 1 : DAYS_TO_1970) * 1440));
}

/** A code such as `"CH-"000` is part of what people read; a sum of fractions is not 0.30000000000000004. */
function plainText(value: number, code: string): string {
  const text = String(Number(value.toPrecision(15)));
  const [, prefix = '', zeros = ''] = /^(?:"([^"]*)")?(0{2,})$/.exec(code) ?? [];
  return /^\d+$/.test(text) ? `${prefix}${text.padStart(zeros.length, '0')}` : text;
}
