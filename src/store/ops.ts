/**
 * Builds the ops of an edit from the rows that a person saw. Pure; the base values that the server merges with are
 * taken from the row given, so hand in the row that was on screen when the person acted.
 */
import type { InsertOp, MoveOp, PlannedTimes, RemoveOp, ResizeOp, SetOp, SlipOp } from './edit.ts';
import type { ChapterSchedule, Fields, Rows, Value } from './rows.ts';
import { TABLES, type TableName, TRANSITIONS, unitOf } from './schema.ts';

/** Some fields of a row of one table. */
export type Changes<T extends TableName> = Partial<Omit<Rows[T], 'id' | 'rev'>>;

/**
 * Changes some fields. Fields of one merge unit travel together: base and set carry the whole unit, so that what was
 * seen beside a changed time or status is part of what the server compares.
 */
export function setFields<T extends TableName>(table: T, row: Rows[T], changes: Changes<T>): SetOp {
  const current = fieldsOf(row);
  const changed = fieldsOf(changes);
  const units = new Set(Object.keys(changed).map((field) => unitOf(table, field)));
  const base: Record<string, Value> = {};
  const set: Record<string, Value> = {};
  for (const field of Object.keys(TABLES[table])) {
    if (!units.has(unitOf(table, field))) continue;
    base[field] = current[field] ?? null;
    set[field] = changed[field] === undefined ? base[field] : changed[field];
  }
  return { op: 'set', table, id: row.id, base, set };
}

/** The same for a status that what stands cannot become at once: from blocked to done leads through running. */
export function setInSteps<T extends TableName>(table: T, row: Rows[T], changes: Changes<T>): readonly SetOp[] {
  const [from, to] = [fieldsOf(row).status, fieldsOf(changes).status];
  const isAtOnce = to === undefined || to === from || (TRANSITIONS[String(from)]?.includes(String(to)) ?? true);
  if (table !== 'chapter_schedules' || isAtOnce) return [setFields(table, row, changes)];
  const running = { status: 'running' } as unknown as Changes<T>;
  return [setFields(table, row, running), setFields(table, { ...row, ...running }, changes)];
}

/** A new row; fields left out get their defaults. */
export function insertRow<T extends TableName>(table: T, id: string, row: Changes<T>): InsertOp {
  return { op: 'insert', table, id, row: fieldsOf(row) };
}

/** Removes a row, unless somebody meanwhile changed what it is about (docs/merge.md, "Removal"). */
export function removeRow<T extends TableName>(table: T, row: Rows[T]): RemoveOp {
  const current = fieldsOf(row);
  const base: Record<string, Value> = {};
  for (const [field, { type, fixed }] of Object.entries(TABLES[table])) {
    if (fixed || type === 'long_text' || type === 'labels' || field === 'position') continue;
    base[field] = current[field] ?? null;
  }
  return { op: 'remove', table, id: row.id, base };
}

/** The start goes to a minute; the duration stays. */
export function moveTo(schedule: ChapterSchedule, start: number): MoveOp {
  return { op: 'move', table: 'chapter_schedules', id: schedule.id, base: plannedTimes(schedule), start };
}

/** One edge goes to a minute; the other stays. */
export function resizeEdge(schedule: ChapterSchedule, edge: 'start' | 'end', to: number): ResizeOp {
  return { op: 'resize', table: 'chapter_schedules', id: schedule.id, base: plannedTimes(schedule), edge, to };
}

/** Both ends shift by minutes, signed. */
export function slipBy(schedule: ChapterSchedule, by: number): SlipOp {
  return { op: 'slip', table: 'chapter_schedules', id: schedule.id, base: plannedTimes(schedule), by };
}

function plannedTimes({ planned_start, planned_end }: ChapterSchedule): PlannedTimes {
  return { planned_start, planned_end };
}

/** A typed row seen as its fields: interfaces have no index signature, so the type needs to be told. */
function fieldsOf(row: object): Fields {
  return row as Fields;
}
