/** A table of cells, whose columns are known, as chapters. What a cell does not tell is said, never made up. */
import { durationMinutes } from '../duration-entry.ts';
import { readLabels } from '../labels.ts';
import { isKnownZone } from '../values.ts';
import { type CellContext, type DateOrder, dateOrderOf, readCellTime } from './cell-time.ts';
import { cellWords, DECISION_CELLS, KIND_WORDS, STATUS_CELLS, YES_NO_CELLS } from './cell-words.ts';
import type { Mapping, ReadHeader } from './column-mapping.ts';
import type { TableLine } from './delimited.ts';
import { unguarded } from './formula-guard.ts';
import type { ImportedChapter, ImportedFile } from './imported.ts';
import { withoutInvisible } from './invisible.ts';
import { readLinks } from './links-entry.ts';
import type { TableField } from './table-columns.ts';

export interface TableOptions {
  readonly mapping: Mapping;
  /** What the person said about 3/4/2026; null: what the columns say. */
  readonly order: DateOrder | null;
  /** The plan's; a column may name another one. */
  readonly zone: string;
  readonly windowStart: number;
  /** Minutes. */
  readonly now: number;
  /** Whether the plan has a chapter of this code. */
  readonly isKnown: (code: string) => boolean;
}

const TIME_FIELDS: readonly TableField[] = [
  'date',
  'end_date',
  'start',
  'end',
  'must_finish_by',
  'actual_start',
  'actual_end',
];

/** Whether some date of the table could mean two days, and what the table itself says about it. */
export function dateOrderIn({ body }: ReadHeader, mapping: Mapping): ReturnType<typeof dateOrderOf> {
  const columns = mapping.flatMap((field, at) => (field !== null && TIME_FIELDS.includes(field) ? [at] : []));
  return dateOrderOf(body.flatMap(({ cells }) => columns.map((at) => cells[at] ?? '')));
}

type Writable = { -readonly [K in keyof ImportedChapter]: ImportedChapter[K] };

interface Above {
  phase: string;
  date: string;
}

export function readTable(table: ReadHeader, options: TableOptions): ImportedFile {
  const { mapping } = options;
  const names = namesIn(table, mapping);
  const header = names === null ? table : { ...table, body: table.body.slice(1) };
  const order = options.order ?? dateOrderIn(header, mapping).order;
  const codeAt = mapping.indexOf('code');
  const own = new Set(header.body.map(({ cells }) => codeIn(unguarded(cells[codeAt] ?? '').trim(), options)));
  const isKnown = (code: string) => own.has(code) || options.isKnown(code);
  // Cells that were merged over several rows are filled in the first one only.
  const above: Above = { phase: '', date: '' };
  const lineOptions = { ...options, order, isKnown, isHours: isInHours(header, mapping) };
  const chapters = header.body.flatMap((line) => {
    const heading = mapping.includes('phase') ? null : headingOf(line, options);
    if (heading !== null) {
      above.phase = heading;
      return [];
    }
    return [readLine(line, lineOptions, above)];
  });
  const isFilled = (at: number) => header.body.some(({ cells }) => (cells[at] ?? '').trim() !== '');
  const unused = header.names.filter((_, at) => (mapping[at] ?? null) === null && isFilled(at));
  const used = mapping.filter((field) => field !== null).length;
  return {
    chapters,
    baselines: [],
    remarks: [
      ...(names === null ? [] : [`Line ${names.line} holds the names of the columns, so it is no chapter.`]),
      ...(used > 0 && unused.length > 0 ? [`Columns not used: ${unused.join(', ')}.`] : []),
    ],
  };
}

/**
 * The first line, where nobody knows its words as names but they stand above times: each another word, none with a
 * digit. One word, or the same one twice, may be a chapter whose times are to come.
 */
function namesIn({ line, body }: ReadHeader, mapping: Mapping): TableLine | null {
  const [first, ...rest] = body;
  if (line !== null || first === undefined) return null;
  const timed = mapping.flatMap((field, at) =>
    field === 'duration' || (field !== null && TIME_FIELDS.includes(field)) ? [at] : [],
  );
  const words = timed.map((at) => cellWords(first.cells[at] ?? ''));
  const areNames =
    words.length > 1 && new Set(words).size === words.length && !words.some((word) => /^$|\p{N}/u.test(word));
  const areAboveTimes = timed.every((at) => rest.some(({ cells }) => /\d/.test(cells[at] ?? '')));
  return areNames && areAboveTimes ? first : null;
}

/** A code as the plan has it, else what can be seen of it. */
function codeIn(text: string, { isKnown }: TableOptions): string {
  return isKnown(text) ? text : withoutInvisible(text).trim();
}

/** A line with words in one cell only, that of a code or a title, stands above the chapters of its phase. */
function headingOf({ cells }: TableLine, { mapping, isKnown }: TableOptions): string | null {
  const filled = cells.flatMap((text, at) => (text.trim() === '' ? [] : [at]));
  const [only] = filled;
  if (filled.length !== 1 || only === undefined || !mapping.some((field) => field === 'start' || field === 'date'))
    return null;
  const words = unguarded(cells[only] ?? '').trim();
  const isHeading = mapping[only] === 'title' || (mapping[only] === 'code' && !isKnown(words));
  return isHeading ? words : null;
}

function isInHours({ names }: ReadHeader, mapping: Mapping): boolean {
  return /\b(?:h|hrs?|hours?)\b/.test(cellWords(names[mapping.indexOf('duration')] ?? ''));
}

interface LineOptions extends TableOptions {
  readonly isHours: boolean;
}

function readLine({ line, cells }: TableLine, options: LineOptions, above: Above): ImportedChapter {
  const cell = (field: TableField) => {
    const at = options.mapping.indexOf(field);
    return at < 0 ? '' : unguarded(cells[at] ?? '').replaceAll('\u00a0', ' ');
  };
  const text = (field: TableField) => cell(field).replaceAll(/\s+/g, ' ').trim();
  const problems: string[] = [];
  const found: Partial<Writable> = {};
  const word = <V>(
    field: 'kind' | 'status' | 'decision' | 'fixed_start',
    words: ReadonlyMap<string, V>,
  ): V | undefined => {
    if (text(field) === '') return undefined;
    const value = words.get(cellWords(text(field)));
    if (value === undefined) problems.push(`“${text(field)}” is no ${field.replace('_', ' ')} that is known here.`);
    return value;
  };
  const put = <K extends keyof Writable>(field: K, value: Writable[K] | undefined | '') => {
    if (value !== undefined && value !== '') found[field] = value as Writable[K];
  };

  above.phase = text('phase') || above.phase;
  put('code', codeIn(text('code'), options));
  put('title', text('title'));
  put('phase', text('phase') || above.phase);
  put('kind', word('kind', KIND_WORDS));
  put('team', text('team'));
  put('site', text('site'));
  put('fixed_start', word('fixed_start', YES_NO_CELLS));
  put('status', word('status', STATUS_CELLS));
  put('decision', word('decision', DECISION_CELLS));
  for (const field of ['note', 'success_criterion', 'rollback_action'] as const) {
    if (cell(field).trim() !== '') put(field, cell(field));
  }
  const entry = readLabels(cell('labels'));
  if (entry.kind === 'ok') put('labels', entry.labels ?? '');
  else problems.push(`${entry.message} Its labels are left out.`);
  readTimes(text, { ...options, problems, put }, above);
  if (text('predecessors') !== '') {
    const waits = readLinks(cell('predecessors'), options.isKnown);
    problems.push(...waits.problems);
    put('links', waits.links);
  }
  return { ...found, line, problems };
}

interface TimesContext extends LineOptions {
  readonly problems: string[];
  readonly put: (
    field: 'start' | 'end' | 'duration' | 'must_finish_by' | 'actual_start' | 'actual_end',
    value: number,
  ) => void;
}

function readTimes(text: (field: TableField) => string, context: TimesContext, above: Above): void {
  const { problems, put, isHours } = context;
  const zone = text('zone') || context.zone;
  if (!isKnownZone(zone)) {
    problems.push(`“${text('zone')}” is no time zone: its times are left out.`);
    return;
  }
  above.date = text('date') || above.date;
  const read = (words: string, more: Partial<CellContext>): number | null => {
    if (words === '') return null;
    const { order, now, windowStart } = context;
    const entry = readCellTime(words, { zone, order, now, windowStart, current: null, ...more });
    if (entry.kind === 'ok') return entry.instant;
    problems.push(entry.message);
    return null;
  };
  const before = problems.length;
  const start = read(withDate(text('start'), text('date') || above.date), {});
  // An end without a day is the first such time after the start, which nobody knows where it could not be read.
  const isStartBad = problems.length > before;
  const end = isStartBad ? null : read(withDate(text('end'), text('end_date')), start === null ? {} : { after: start });
  const duration = text('duration') === '' ? null : durationOf(text('duration'), isHours);
  if (text('duration') !== '' && duration === null) {
    problems.push(`“${text('duration')}” is no duration: write 45, 1h30, 2:30 or 1.5h.`);
  }
  // Half of what a line says would be other times than anybody meant.
  if (problems.length > before) problems.push('Its planned times are left out.');
  else {
    if (start !== null) put('start', start);
    if (end !== null) put('end', end);
    if (duration !== null) put('duration', duration);
  }
  const due = read(text('must_finish_by'), start === null ? {} : { after: start });
  if (due !== null) put('must_finish_by', due);
  for (const field of ['actual_start', 'actual_end'] as const) {
    const instant = read(text(field), start === null ? {} : { current: start });
    if (instant !== null) put(field, instant);
  }
}

/** A column of days beside one of times of day; a cell with its own day needs none. */
function withDate(time: string, date: string): string {
  if (time === '') return date;
  const isTimeOfDay = /^\d{1,2}(?:[:.h]\d{2}(?::\d{2})?|h)?(?: ?[ap]m)?$|^\d{4}$/i.test(time);
  return isTimeOfDay && date !== '' ? `${date.replace(/ 0?0:00(?::00)?$/, '')} ${clockOf(time)}` : time;
}

/** `2215` and `22h` as a time that may stand behind a date. */
function clockOf(time: string): string {
  if (/^\d{4}$/.test(time)) return `${time.slice(0, 2)}:${time.slice(2)}`;
  return time.replace(/^(\d{1,2})h?$/, '$1:00').replace(/^(\d{1,2})h(\d{2})/, '$1:$2');
}

function durationOf(text: string, isHours: boolean): number | null {
  // Project marks an estimate by a question mark.
  const words = text.toLowerCase().replace(/\?$/, '').trim();
  const hours = /^\d{1,4}(?:[.,]\d+)?$/.exec(words);
  if (isHours && hours) return Math.round(Number(words.replace(',', '.')) * 60);
  // A spreadsheet that takes 1:30 for a time of day may show it as one.
  const [, half, rest, meridiem] = /^(\d{1,2})(:\d{2}(?::\d{2})?) ?(am|pm)$/.exec(words) ?? [];
  if (half !== undefined) return durationMinutes(`${(Number(half) % 12) + (meridiem === 'pm' ? 12 : 0)}${rest}`);
  return durationMinutes(words.replace(/^(\d+)[.,]0+$/, '$1'));
}
