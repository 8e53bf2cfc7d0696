/**
 * What a field may hold, by its type in `schema.ts`. Pure, and equal to `macroplan.field_problem` in SQL: the same code
 * and the same sentence for the same value. Whether a reference exists is not a matter of the value: see `rules.ts`.
 */
import type { RefusalCode } from './edit.ts';
import { isLabels, LABEL_MAX, LABELS_MAX } from './labels.ts';
import type { Fields, Value } from './rows.ts';
import { type Field, INSTANT_MAX, INSTANT_MIN, LIMITS, TABLES, type TableName } from './schema.ts';
import { fieldWords, NOUNS } from './words.ts';

export interface Problem {
  readonly code: RefusalCode;
  readonly field: string;
  readonly message: string;
}

/** The first problem: an unknown field (by name), else a bad value (in the order of the schema). */
export function checkFields(table: TableName, fields: Fields): Problem | null {
  const schema = TABLES[table];
  const unknown = unknownField(table, fields);
  if (unknown) return unknown;
  for (const [name, field] of Object.entries(schema)) {
    const value = fields[name];
    const problem = value === undefined ? null : checkValue(field, name, value);
    if (problem) return problem;
  }
  return null;
}

export function unknownField(table: TableName, fields: Fields): Problem | null {
  const [field] = Object.keys(fields)
    .filter((name) => !Object.hasOwn(TABLES[table], name))
    .sort();
  if (field === undefined) return null;
  return { code: 'unknown_field', field, message: `A ${NOUNS[table]} has no field "${field}".` };
}

/** A whole new row: what is given, and the default of every other field (null where it has none). */
export function withDefaults(table: TableName, given: Fields): Fields {
  const row: Record<string, Value> = {};
  for (const [name, field] of Object.entries(TABLES[table])) row[name] = given[name] ?? field.default ?? null;
  // A field given as null stays null, so that a required one is refused instead of silently filled.
  for (const [name, value] of Object.entries(given)) row[name] = value;
  return row;
}

export function checkValue(field: Field, name: string, value: Value): Problem | null {
  const problem = (code: RefusalCode, ending: string): Problem => ({
    code,
    field: name,
    message: `The ${fieldWords(name)} ${ending}`,
  });
  if (value === null) return field.required ? problem('bad_value', 'must not be empty.') : null;
  const max = lengthMax(field);
  if (max !== null && typeof value === 'string' && characters(value) > max) {
    return problem('too_long', `is longer than ${max} characters.`);
  }
  if (field.type === 'instant' && isWhole(value) && (value < INSTANT_MIN || value > INSTANT_MAX)) {
    return problem('time_out_of_range', 'must lie between the years 2000 and 2100.');
  }
  return isGood(field, value) ? null : problem('bad_value', `must be ${expectation(field)}`);
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Bounded repetition and disjoint classes: no input makes it backtrack. */
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/;
const PRINCIPAL = /^(user|group):[^ ]/;
const ZONE = /^(UTC|Etc\/GMT([+-][0-9]{1,2})?|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_-]+){1,2})$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what one line of text must not hold.
const NOT_ONE_LINE = /[\u0000-\u001f\u007f]/;
const PADDED = /^[ \u00a0]|[ \u00a0]$/;
/** Something that is no blank, whatever its width: what has none is nothing to those who read it, and to other programs. */
const SEEN = /[^ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

function isGood(field: Field, value: Exclude<Value, null>): boolean {
  switch (field.type) {
    case 'code':
      return isLine(value) && !PADDED.test(value);
    case 'text':
      return isLine(value);
    case 'long_text':
      return isText(value);
    case 'labels':
      return typeof value === 'string' && isLabels(value);
    case 'instant':
    case 'milliseconds':
      return isWhole(value);
    case 'integer':
      return isWhole(value) && value >= (field.min ?? -(2 ** 53)) && value <= (field.max ?? 2 ** 53);
    case 'boolean':
      return typeof value === 'boolean';
    case 'zone':
      return typeof value === 'string' && ZONE.test(value) && isKnownZone(value);
    case 'reference':
    case 'uuid':
      return typeof value === 'string' && UUID.test(value);
    case 'choice':
      return typeof value === 'string' && (field.values ?? []).includes(value);
    case 'email':
      return typeof value === 'string' && EMAIL.test(value);
    case 'principal':
      return isLine(value) && PRINCIPAL.test(value) && !PADDED.test(value);
    case 'json':
      return isTimes(value);
  }
}

function expectation(field: Field): string {
  switch (field.type) {
    case 'code':
      return `1 to ${LIMITS.code_max} characters on one line, without spaces at its ends.`;
    case 'text':
      return `1 to ${LIMITS.line_max} characters on one line, not blanks alone.`;
    case 'long_text':
      return 'a text.';
    case 'labels':
      return `1 to ${LABELS_MAX} different words of 1 to ${LABEL_MAX} small letters, digits, - and _, sorted, with one blank between.`;
    case 'instant':
    case 'milliseconds':
      return 'a whole number of minutes.';
    case 'integer':
      return `a whole number from ${field.min} to ${field.max}.`;
    case 'boolean':
      return 'yes or no.';
    case 'zone':
      return 'the name of a time zone, such as Europe/Berlin.';
    case 'reference':
    case 'uuid':
      return 'the id of a row.';
    case 'choice':
      return `one of ${(field.values ?? []).join(', ')}.`;
    case 'email':
      return 'one mail address.';
    case 'principal':
      return 'user:KEY or group:NAME.';
    case 'json':
      return 'a start and an end for each chapter id.';
  }
}

function lengthMax(field: Field): number | null {
  switch (field.type) {
    case 'code':
      return LIMITS.code_max;
    case 'text':
    case 'principal':
      return LIMITS.line_max;
    case 'long_text':
      return LIMITS.text_max;
    default:
      return null;
  }
}

/** Code points, as PostgreSQL counts them. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function isText(value: Value): value is string {
  // PostgreSQL stores neither; half a surrogate pair would also not survive UTF-8.
  return typeof value === 'string' && !value.includes('\u0000') && !/\p{Surrogate}/u.test(value);
}

function isLine(value: Value): value is string {
  return isText(value) && SEEN.test(value) && !NOT_ONE_LINE.test(value);
}

export function isWhole(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

const knownZones = new Map<string, boolean>();

export function isKnownZone(name: string): boolean {
  const known = knownZones.get(name);
  if (known !== undefined) return known;
  let isKnown = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    // The only way that Intl has to say that a name is unknown.
    isKnown = false;
  }
  knownZones.set(name, isKnown);
  return isKnown;
}

/** A baseline's times: chapter id → [start, end], in minutes. */
function isTimes(value: Value): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([id, times]) => UUID.test(id) && Array.isArray(times) && times.length === 2 && times.every(isInstant),
  );
}

function isInstant(value: Value): boolean {
  return isWhole(value) && value >= INSTANT_MIN && value <= INSTANT_MAX;
}
