/**
 * One op against the rows as they stand: plan closed, blocked, row known, merge, state of the iteration, transition,
 * codes; then the draft has the result (docs/merge.md, "Order of checks", steps 4 to 10).
 */
import type { Actor, History, Stop, Touched } from './apply.ts';
import { allFields, changedUnits, conflictItem, unitFields } from './conflict-items.ts';
import type { Draft } from './draft.ts';
import type { Edit, InsertOp, Op, Refusal, RemoveOp, SetOp } from './edit.ts';
import { type Gesture, mergeGesture, mergeSet, sameValue, targetOf, type UnitMerge } from './merge.ts';
import { refusal } from './op-checks.ts';
import { applyResolve, applySend } from './resolve-and-send.ts';
import type { ConflictCause, ConflictItem, Fields, Row, Value } from './rows.ts';
import { TABLES, type TableName, unitOf } from './schema.ts';
import { iterationProblem, rangeProblem, takenStop, timesStop, transitionProblem } from './step-rules.ts';
import { withDefaults } from './values.ts';
import { fieldWords, NOUNS } from './words.ts';

export interface Step {
  readonly draft: Draft;
  readonly edit: Pick<Edit, 'id' | 'ops'>;
  readonly actor: Actor;
  readonly history: History;
  readonly touched: Map<string, Touched>;
}

/** `done` leaves its result, if any, in the draft; `effect` happened outside the rows of the plan. */
export type StepResult = 'done' | 'effect' | Stop;

export function applyOp(op: Op, step: Step): StepResult {
  if (isPlanClosed(op, step.draft)) {
    return { refusal: refusal('plan_closed', 'The plan is closed. A lead can open it again.', op, null) };
  }
  switch (op.op) {
    case 'resolve':
      return applyResolve(op, step);
    case 'send':
      return applySend(op, step);
    default:
      return isBlockedOp(op, step.history)
        ? { cause: 'blocked', items: [blockedItem(op, step)] }
        : applyRowOp(op, step);
  }
}

type RowOp = InsertOp | SetOp | RemoveOp | Gesture;

function isPlanClosed(op: Op, draft: Draft): boolean {
  const [plan] = draft.rows('plans');
  if (plan?.state !== 'closed') return false;
  const isReopening = op.op === 'set' && op.table === 'plans' && Object.keys(op.set).join() === 'state';
  return !isReopening;
}

function isBlockedOp(op: RowOp, { isBlocked }: History): boolean {
  if (isBlocked === undefined) return false;
  const fields = op.op === 'insert' ? op.row : op.op === 'set' ? op.set : {};
  return isBlocked(op.id) || Object.values(fields).some((value) => typeof value === 'string' && isBlocked(value));
}

function blockedItem(op: RowOp, { draft, history }: Step): ConflictItem {
  const row = draft.get(op.table, op.id);
  const theirs = row ? allFields(op.table, row) : null;
  return conflictItem(history, {
    table: op.table,
    id: op.id,
    unit: 'row',
    base: null,
    theirs,
    mine: wanted(op, theirs),
  });
}

/** The whole row as the op would have it; null for a removal. */
function wanted(op: RowOp, stands: Fields | null): Fields | null {
  switch (op.op) {
    case 'insert':
      return stands ? { ...stands, ...op.row } : withDefaults(op.table, op.row);
    case 'set':
      return { ...stands, ...op.set };
    case 'remove':
      return null;
    default:
      return { ...stands, ...targetOf(op) };
  }
}

function applyRowOp(op: RowOp, step: Step): StepResult {
  const { draft, history } = step;
  const row = draft.get(op.table, op.id);
  if (row) {
    if (op.op === 'remove') return applyRemove(op, row, step);
    return op.op === 'insert' || op.op === 'set' ? applySet(op, row, step) : applyGesture(op, row, step);
  }
  if (op.op === 'insert') return applyInsert(op, step);
  if (!draft.isRemoved(op.table, op.id)) return { refusal: unknownRow(op) };
  if (op.op === 'remove') return 'done';
  if (draft.isRemovedHere(op.table, op.id)) return { refusal: unknownRow(op) };
  const last = history.lastRow?.(op.table, op.id);
  const base = last ? allFields(op.table, last) : null;
  const item = { table: op.table, id: op.id, unit: 'row', base, theirs: null, mine: wanted(op, base) };
  return { cause: 'removed', items: [conflictItem(history, item)] };
}

function unknownRow(op: RowOp): Refusal {
  return refusal('unknown_row', `This ${NOUNS[op.table]} is not known in this plan.`, op, null);
}

function applyInsert(op: InsertOp, step: Step): StepResult {
  const row: Row = { ...withDefaults(op.table, op.row), id: op.id, rev: 0 };
  const problem = iterationProblem(op, row, ['planned'], step);
  if (problem) return { refusal: problem };
  const stop = timesStop(op, { row: null, next: row, theirUnits: [] }, step) ?? takenStop(op, null, row, step);
  if (stop) return stop;
  step.draft.put(op.table, op.id, row);
  return 'done';
}

function applySet(op: SetOp | InsertOp, row: Row, step: Step): StepResult {
  const wants = op.op === 'set' ? op.set : op.row;
  const base = op.op === 'set' ? op.base : null;
  for (const [field, { fixed }] of Object.entries(TABLES[op.table])) {
    const value = wants[field];
    if (!fixed || value === undefined || sameValue(value, row[field] ?? null)) continue;
    const message = `The ${fieldWords(field)} is set when a ${NOUNS[op.table]} is made, and never changes.`;
    return { refusal: refusal('bad_value', message, op, field) };
  }
  const merges = unitsIn(op.table, wants).map((unit) => {
    const mine = unitFields(op.table, unit, wants);
    const seen = base && unitFields(op.table, unit, base);
    return { unit, base: seen, mine, merge: mergeSet(unit, { base: seen, current: row, mine }) };
  });
  return settle(op, row, merges, step);
}

function unitsIn(table: TableName, fields: Fields): readonly string[] {
  const named = Object.keys(TABLES[table]).filter(
    (field) => fields[field] !== undefined && !TABLES[table][field]?.fixed,
  );
  return [...new Set(named.map((field) => unitOf(table, field)))];
}

function applyGesture(op: Gesture, row: Row, step: Step): StepResult {
  const stands = { planned_start: Number(row.planned_start), planned_end: Number(row.planned_end) };
  const merge = mergeGesture(op, stands);
  return settle(op, row, [{ unit: 'planned', base: { ...op.base }, mine: { ...targetOf(op) }, merge }], step);
}

interface NamedUnit {
  readonly unit: string;
  readonly base: Fields | null;
  readonly mine: Fields;
  readonly merge: UnitMerge;
}

/** All units of an op are decided; what they ask for together is checked and written. */
function settle(op: SetOp | InsertOp | Gesture, row: Row, units: readonly NamedUnit[], step: Step): StepResult {
  const changing = units.filter(({ merge }) => merge.kind !== 'noop').map(({ unit }) => unit);
  const problem = changing.length > 0 ? iterationProblem(op, row, changing, step) : null;
  if (problem) return { refusal: problem };
  const next: Record<string, Value> = {};
  const conflicts: ConflictItem[] = [];
  let cause: ConflictCause | null = null;
  for (const { unit, base, mine, merge } of units) {
    if (merge.kind === 'conflict') {
      cause ??= merge.cause;
      const theirs = pick(row, Object.keys(mine));
      conflicts.push(conflictItem(step.history, { table: op.table, id: op.id, unit, base, theirs, mine }));
    } else if (merge.kind !== 'noop') Object.assign(next, merge.fields);
  }
  if (cause !== null) return { cause, items: conflicts };
  const problemAfter = rangeProblem(op, next) ?? transitionProblem(op, row, next, step.draft);
  if (problemAfter) return { refusal: problemAfter };
  const theirUnits = units.filter(({ merge }) => merge.kind === 'combine').map(({ unit }) => unit);
  for (const { unit } of step.history.changedSince?.(op.table, op.id) ?? []) {
    if (!units.some((named) => named.unit === unit)) theirUnits.push(unit);
  }
  const stop = timesStop(op, { row, next, theirUnits }, step) ?? takenStop(op, row, next, step);
  if (stop) return stop;
  note(op, units, step.touched);
  if (changing.length > 0) step.draft.put(op.table, op.id, { ...row, ...next });
  return 'done';
}

function pick(row: Fields, fields: readonly string[]): Fields {
  return Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
}

function note(op: SetOp | InsertOp | Gesture, units: readonly NamedUnit[], touched: Map<string, Touched>): void {
  const key = `${op.table}/${op.id}`;
  const entry = touched.get(key) ?? { table: op.table, id: op.id, named: new Set(), combined: new Set() };
  touched.set(key, entry);
  for (const { unit, merge } of units) {
    entry.named.add(unit);
    if (merge.kind === 'combine') entry.combined.add(unit);
  }
}

function applyRemove(op: RemoveOp, row: Row, step: Step): StepResult {
  const problem = iterationProblem(op, row, ['planned'], step);
  if (problem) return { refusal: problem };
  const items = changedUnits(op.table, op.base, row).map((unit) => {
    const base = unitFields(op.table, unit, op.base);
    const theirs = pick(row, Object.keys(base));
    return conflictItem(step.history, { table: op.table, id: op.id, unit, base, theirs, mine: null });
  });
  if (items.length > 0) return { cause: 'both_changed', items };
  step.draft.put(op.table, op.id, null);
  return 'done';
}
