/** The three sides of a conflict, as a panel shows them and a resolution reads them. Pure. */
import type { History } from './apply.ts';
import { sameValue } from './merge.ts';
import type { ConflictItem, Fields } from './rows.ts';
import { TABLES, type TableName, unitOf } from './schema.ts';

export type Sides = Pick<ConflictItem, 'table' | 'id' | 'unit' | 'base' | 'theirs' | 'mine'>;

/** Adds who changed it last, as far as the history knows. Unit `row` stands for the whole row. */
export function conflictItem(history: History, sides: Sides): ConflictItem {
  const theirs = history.theirs?.(sides.table, sides.id, sides.unit) ?? null;
  return {
    ...sides,
    theirs_by: theirs?.by ?? null,
    theirs_at: theirs?.at ?? null,
    theirs_rev: theirs?.rev ?? null,
  };
}

/** The planned times among the fields of one side; null where they are not among them. */
export function timesIn(fields: Fields | null): readonly [start: number, end: number] | null {
  const { planned_start: start, planned_end: end } = fields ?? {};
  return typeof start === 'number' && typeof end === 'number' ? [start, end] : null;
}

/** All fields of a row that the schema knows. */
export function allFields(table: TableName, row: Fields): Fields {
  return Object.fromEntries(Object.keys(TABLES[table]).map((field) => [field, row[field] ?? null]));
}

/** The fields of one merge unit that `fields` names, in the order of the schema. */
export function unitFields(table: TableName, unit: string, fields: Fields): Fields {
  const names = Object.keys(TABLES[table]).filter((field) => unitOf(table, field) === unit);
  return Object.fromEntries(names.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])));
}

/** The merge units in which the row is no longer what `base` says, in the order of the schema. */
export function changedUnits(table: TableName, base: Fields, row: Fields): readonly string[] {
  const changed = Object.keys(TABLES[table]).filter((field) => {
    const seen = base[field];
    return seen !== undefined && !sameValue(seen, row[field] ?? null);
  });
  return [...new Set(changed.map((field) => unitOf(table, field)))];
}
