/**
 * What an op alone tells, before any row is looked at: its shape, who may do such a thing, its values
 * (docs/merge.md, "Order of checks", steps 1 to 3).
 */
import type { Op, Refusal } from './edit.ts';
import type { Fields, Role, Value } from './rows.ts';
import { scheduleId } from './rows.ts';
import { SERVER_TABLES, TABLE_NAMES, type TableName } from './schema.ts';
import { checkFields, checkValue, isWhole, type Problem, UUID, unknownField, withDefaults } from './values.ts';
import { NOUNS } from './words.ts';

/** The first reason why this op can never be accepted from somebody in this role; null if there is none. */
export function checkOp(op: Op, role: Role): Refusal | null {
  return shapeProblem(op) ?? roleProblem(op, role) ?? valueProblem(op);
}

const GESTURES = ['move', 'resize', 'slip'];
const ROW_OPS = ['insert', 'set', 'remove', ...GESTURES];

function shapeProblem(op: Op): Refusal | null {
  if (![...ROW_OPS, 'resolve', 'send'].includes(op.op)) {
    return refusal('bad_value', 'This page sent a kind of change that is not known here. Reload the page.', op, 'op');
  }
  if (ROW_OPS.includes(op.op) && !TABLE_NAMES.includes(tableOf(op) as TableName)) {
    return refusal('unknown_table', `There is no table "${tableOf(op)}".`, op, 'table');
  }
  if (GESTURES.includes(op.op) && tableOf(op) !== 'chapter_schedules') {
    return refusal('unknown_table', 'Only schedules can be moved, resized or slipped.', op, 'table');
  }
  const idField = op.op === 'send' ? 'iteration_id' : 'id';
  if (!UUID.test(String(partsOf(op)[idField]))) {
    return refusal('bad_value', 'An id must be a uuid in lower case.', op, idField);
  }
  return null;
}

function roleProblem(op: Op, role: Role): Refusal | null {
  if (role === 'viewer') return refusal('not_allowed', 'You may read this plan but not change it.', op, null);
  if (op.op === 'resolve') return null;
  if (op.op === 'send') {
    return role === 'lead' ? null : refusal('not_allowed', 'Only a lead may send mail.', op, null);
  }
  if (SERVER_TABLES.includes(op.table)) {
    return refusal('not_allowed', 'A conflict is settled by a choice, not edited.', op, null);
  }
  if (role !== 'lead' && op.table !== 'chapter_schedules') {
    return refusal('not_allowed', `Only a lead may change a ${NOUNS[op.table]}.`, op, null);
  }
  if (op.table === 'plans' && op.op !== 'set') {
    return refusal('not_allowed', 'A plan is neither added nor removed by an edit.', op, null);
  }
  return null;
}

function valueProblem(op: Op): Refusal | null {
  switch (op.op) {
    case 'insert':
      return insertProblem(op);
    case 'set':
      return setProblem(op);
    case 'remove':
      return isObject(op.base)
        ? fieldRefusal(unknownField(op.table, op.base), op)
        : refusal('bad_value', 'A removal must say what was seen.', op, 'base');
    case 'move':
      return gestureProblem(op) ?? fieldRefusal(checkValue(START, 'start', partOf(op, 'start')), op);
    case 'resize':
      return (
        gestureProblem(op) ??
        fieldRefusal(checkValue(EDGE, 'edge', partOf(op, 'edge')), op) ??
        fieldRefusal(checkValue(START, 'to', partOf(op, 'to')), op)
      );
    case 'slip':
      return gestureProblem(op) ?? fieldRefusal(checkValue(BY, 'by', partOf(op, 'by')), op);
    case 'resolve':
      return fieldRefusal(checkValue(CHOICE, 'choice', partOf(op, 'choice')), op);
    case 'send':
      return sendProblem(op);
  }
}

const START = { type: 'instant', required: true } as const;
const EDGE = { type: 'choice', required: true, values: ['start', 'end'] } as const;
const CHOICE = { type: 'choice', required: true, values: ['mine', 'theirs', 'custom'] } as const;
/** No slip within 2000–2100 is longer. */
const BY = { type: 'integer', required: true, min: -52_596_000, max: 52_596_000 } as const;
const ADDRESS = { type: 'email', required: true } as const;
const NOTE = { type: 'long_text', required: true } as const;
const RECIPIENTS_MAX = 100;

function insertProblem(op: Op & { readonly op: 'insert' }): Refusal | null {
  if (!isObject(op.row)) return refusal('bad_value', 'A new row must have fields.', op, 'row');
  const problem = unknownField(op.table, op.row) ?? checkFields(op.table, withDefaults(op.table, op.row));
  if (problem) return fieldRefusal(problem, op);
  if (op.table === 'dependencies' && op.row.predecessor_id === op.row.successor_id) {
    return refusal('dependency_cycle', 'A chapter cannot wait for itself.', op, 'successor_id');
  }
  if (op.table === 'chapter_schedules') {
    const { iteration_id, chapter_id } = op.row;
    if (op.id !== scheduleId(String(iteration_id), String(chapter_id))) {
      return refusal('bad_derived_id', 'The id of a schedule must come from its iteration and its chapter.', op, 'id');
    }
  }
  return null;
}

function setProblem(op: Op & { readonly op: 'set' }): Refusal | null {
  if (!isObject(op.set)) return refusal('bad_value', 'A change must have fields.', op, 'set');
  const keys = Object.keys(op.set);
  const isBased = op.base === null || (isObject(op.base) && sameNames(Object.keys(op.base), keys));
  if (!isBased) return refusal('bad_value', 'A change must say what was seen in the same fields.', op, 'base');
  return fieldRefusal(checkFields(op.table, op.set), op);
}

function gestureProblem(op: Op & { readonly op: 'move' | 'resize' | 'slip' }): Refusal | null {
  const isBased = isObject(op.base) && isWhole(op.base.planned_start) && isWhole(op.base.planned_end);
  return isBased ? null : refusal('bad_value', 'A gesture must say where the schedule stood.', op, 'base');
}

function sendProblem(op: Op & { readonly op: 'send' }): Refusal | null {
  const isList = Array.isArray(op.to) && op.to.length > 0 && op.to.length <= RECIPIENTS_MAX;
  if (!isList) return refusal('bad_value', `A mail needs 1 to ${RECIPIENTS_MAX} addresses.`, op, 'to');
  for (const address of op.to) {
    const problem = checkValue(ADDRESS, 'to', address);
    if (problem) return fieldRefusal(problem, op);
  }
  return fieldRefusal(checkValue(NOTE, 'note', partOf(op, 'note')), op);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ops come from a file or an older page too, so parts may be missing: absent reads as null. */
function partOf(op: Op, part: string): Value {
  return partsOf(op)[part] ?? null;
}

function partsOf(op: Op): Fields {
  return op as unknown as Fields;
}

export function tableOf(op: Op): string | null {
  const { table } = partsOf(op);
  if (op.op === 'resolve') return 'conflicts';
  if (op.op === 'send') return 'iterations';
  return typeof table === 'string' ? table : null;
}

export function rowIdOf(op: Op): string | null {
  const id = partsOf(op)[op.op === 'send' ? 'iteration_id' : 'id'];
  return typeof id === 'string' ? id : null;
}

export function refusal(code: Refusal['code'], message: string, op: Op, field: string | null): Refusal {
  return { code, message, table: tableOf(op), id: rowIdOf(op), field };
}

function fieldRefusal(problem: Problem | null, op: Op): Refusal | null {
  return problem && refusal(problem.code, problem.message, op, problem.field);
}
