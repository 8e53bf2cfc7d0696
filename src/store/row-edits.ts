/**
 * One row of the plan's structure, as a form changes it: only what the person changed, on the values that the form was
 * opened with. Pure.
 */
import type { Op } from './edit.ts';
import { sameValue } from './merge.ts';
import { type Changes, setFields } from './ops.ts';
import { previewOf } from './preview.ts';
import type { Fields, Rows, Value } from './rows.ts';
import { TABLES, type TableName } from './schema.ts';
import type { PlanView } from './view.ts';
import { fieldWords, listed } from './words.ts';

/** An edit before it is made. */
export interface NamedOps {
  readonly label: string;
  readonly ops: readonly Op[];
}

/** The fields of `wanted` that differ from the row, in the order of the schema; null where none does. */
export function changesOf<T extends TableName>(table: T, row: Rows[T], wanted: Changes<T>): Changes<T> | null {
  const stands = row as unknown as Fields;
  const asked = wanted as Fields;
  const changed = Object.keys(TABLES[table]).flatMap((field) => {
    const value = asked[field];
    return value === undefined || sameValue(value, stands[field] ?? null) ? [] : [[field, value] as const];
  });
  return changed.length === 0 ? null : (Object.fromEntries(changed) as Changes<T>);
}

/** "Chapter CF: title and team"; null where nothing would change. */
export function changeRow<T extends TableName>(
  table: T,
  what: string,
  { row, wanted }: { readonly row: Rows[T]; readonly wanted: Changes<T> },
): NamedOps | null {
  const changes = changesOf(table, row, wanted);
  if (changes === null) return null;
  const words = Object.keys(changes).map(fieldWords);
  return { label: `${what}: ${listed(words)}`, ops: [setFields(table, row, changes)] };
}

export interface Problem {
  /** Null: it is about more than one field, or about another row. */
  readonly field: string | null;
  readonly message: string;
}

/** What the server would refuse these ops for, as far as this device knows; null where it would take them. */
export function problemOf(view: PlanView, ops: readonly Op[]): Problem | null {
  const { verdict } = previewOf(view, ops);
  if (verdict.outcome !== 'refused') return null;
  const { message, field } = verdict.refusal;
  return { field, message };
}

/** Ids given as text, where a choice of nothing is ''. */
export function idOrNull(text: string): Value & (string | null) {
  return text === '' ? null : text;
}
