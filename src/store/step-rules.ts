/** Rules that one op must keep at the moment when it is applied; the twins are in functions/edit/step_rules.sql. */
import type { History, Stop } from './apply.ts';
import { conflictItem, unitFields } from './conflict-items.ts';
import type { Draft } from './draft.ts';
import type { Op, Refusal } from './edit.ts';
import { refusal } from './op-checks.ts';
import type { Fields, Role, Row } from './rows.ts';
import { INSTANT_MAX, INSTANT_MIN, PLANNING_UNITS, type TableName, TRANSITIONS, unitOf } from './schema.ts';
import { capitalised, describeRow, fieldWords, NOUNS } from './words.ts';

type RowOp = Extract<Op, { readonly table: TableName; readonly id: string }>;

/** A finished iteration keeps its schedules as they are; from the freeze on, only a lead changes planned times. */
export function iterationProblem(
  op: RowOp,
  row: Row,
  units: readonly string[],
  { draft, actor }: { readonly draft: Draft; readonly actor: { readonly role: Role } },
): Refusal | null {
  if (op.table !== 'chapter_schedules') return null;
  const iteration = draft.get('iterations', String(row.iteration_id));
  if (!iteration) return null;
  const state = `Iteration ${iteration.code} is ${iteration.state}:`;
  if (iteration.state === 'done' || iteration.state === 'cancelled') {
    const message = `${state} its schedules stay as they are. A lead can open it again.`;
    return refusal('iteration_closed', message, op, null);
  }
  const isFrozen = iteration.state === 'frozen' || iteration.state === 'live';
  const isPlanning = units.some((unit) => PLANNING_UNITS.includes(unit));
  if (!isFrozen || actor.role === 'lead' || !isPlanning) return null;
  return refusal('iteration_frozen', `${state} only a lead may change planned times.`, op, null);
}

/** A gesture's result may leave the years that a person can type. */
export function rangeProblem(op: RowOp, next: Fields): Refusal | null {
  for (const field of ['planned_start', 'planned_end']) {
    const value = next[field];
    if (typeof value !== 'number' || (value >= INSTANT_MIN && value <= INSTANT_MAX)) continue;
    const message = `The ${fieldWords(field)} must lie between the years 2000 and 2100.`;
    return refusal('time_out_of_range', message, op, field);
  }
  return null;
}

export function transitionProblem(op: RowOp, row: Row, next: Fields, draft: Draft): Refusal | null {
  const from = String(row.status);
  const to = next.status;
  if (op.table !== 'chapter_schedules' || to === undefined || to === from) return null;
  if (TRANSITIONS[from]?.includes(String(to))) return null;
  const chapter = draft.last('chapters', String(row.chapter_id))?.code ?? '?';
  return refusal('bad_transition', `Chapter ${chapter} is ${from} and cannot become ${to}.`, op, 'status');
}

const ORDERED: { readonly [T in TableName]?: readonly (readonly [start: string, end: string])[] } = {
  iterations: [['window_start', 'window_end']],
  no_start_windows: [['window_start', 'window_end']],
  chapter_schedules: [
    ['planned_start', 'planned_end'],
    ['actual_start', 'actual_end'],
  ],
};

export interface NextRow {
  readonly row: Row | null;
  readonly next: Fields;
  /** Units of this row in which somebody else's change stands. */
  readonly theirUnits: readonly string[];
}

/** Nothing ends before it starts. If it would only because of both people's changes, a person decides. */
export function timesStop(
  { table, id }: RowOp,
  { row, next, theirUnits }: NextRow,
  { draft, history }: { readonly draft: Draft; readonly history: History },
): Stop | null {
  const after = { ...row, ...next };
  for (const [start, end] of ORDERED[table] ?? []) {
    const from = after[start];
    const to = after[end];
    if (typeof from !== 'number' || typeof to !== 'number' || to >= from) continue;
    const units = [...new Set([unitOf(table, start), unitOf(table, end)])];
    if (row && units.some((unit) => theirUnits.includes(unit))) {
      const items = units.map((unit) => {
        const theirs = unitFields(table, unit, row);
        return conflictItem(history, { table, id, unit, base: null, theirs, mine: unitFields(table, unit, after) });
      });
      return { cause: 'constraint', items };
    }
    const what = capitalised(describeRow(draft.last, table, after));
    const message = `${what}: the ${fieldWords(end)} lies before the ${fieldWords(start)}.`;
    return { refusal: { code: 'end_before_start', message, table, id, field: end } };
  }
  return null;
}

/** The field that no two live rows of a table share. */
export function uniqueField(table: TableName): string | null {
  switch (table) {
    case 'plan_members':
      return 'principal';
    case 'plans':
    case 'iterations':
    case 'phases':
    case 'teams':
    case 'sites':
    case 'chapters':
      return 'code';
    default:
      return null;
  }
}

/** A code that another row holds: a conflict if that row got it since, from somebody else; else refused. */
export function takenStop(
  op: RowOp,
  row: Row | null,
  next: Fields,
  { draft, history }: { readonly draft: Draft; readonly history: History },
): Stop | null {
  const { table, id } = op;
  const field = uniqueField(table);
  const value = field === null ? undefined : next[field];
  if (field === null || value === undefined || value === row?.[field]) return null;
  const holder = draft.holderOf(table, field, value);
  if (holder === undefined || holder === id) return null;
  const isNews = history.changedSince?.(table, holder).some(({ unit }) => unit === field || unit === 'row') ?? false;
  if (!isNews) {
    const message = `The ${fieldWords(field)} "${value}" is taken by another ${NOUNS[table]}.`;
    return { refusal: refusal('duplicate_code', message, op, field) };
  }
  const stands = row ? { [field]: row[field] ?? null } : null;
  const mine = { table, id, unit: field, base: null, theirs: stands, mine: { [field]: value } };
  const theirs = { table, id: holder, unit: field, base: null, theirs: { [field]: value }, mine: null };
  return { cause: 'constraint', items: [conflictItem(history, mine), conflictItem(history, theirs)] };
}
