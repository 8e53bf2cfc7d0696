/**
 * What an edit changed, and what puts it back. Undo is a new edit (DESIGN §5): merge unit by merge unit the values from
 * before, wherever nobody changed the unit since; redo is the same, of the undo. Pure.
 */
import { applyEdit, type PlanState } from './apply.ts';
import { allFields, unitFields } from './conflict-items.ts';
import type { Op, Receipt } from './edit.ts';
import { findRow } from './find-row.ts';
import { agrees, mergeLabels } from './merge.ts';
import { insertRow, removeRow, setInSteps } from './ops.ts';
import type { Fields, Row } from './rows.ts';
import { SERVER_TABLES, TABLES, type TableName, unitOf } from './schema.ts';
import type { PlanView } from './view.ts';

/** One row: the units that changed, as they were and as they are; null: no such row, and then the other side is whole. */
export interface RowEffect {
  readonly table: TableName;
  readonly id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export type Effect = readonly RowEffect[];

/** What these ops will do to what is shown. Empty where the server would refuse them, or ask. */
export function effectOf(view: PlanView, ops: readonly Op[]): Effect {
  return predict(view, ops).changes.flatMap(({ table, id, row }): Effect => {
    if (SERVER_TABLES.includes(table)) return [];
    const stands = findRow(view, table, id);
    const before = stands ? allFields(table, stands) : null;
    const after = row && allFields(table, row);
    if (!before || !after) return before === after ? [] : [{ table, id, before, after }];
    const units = unitsOf(table, after).filter((unit) => !agrees(unitFields(table, unit, after), before));
    if (units.length === 0) return [];
    return [{ table, id, before: inUnits(table, units, before), after: inUnits(table, units, after) }];
  });
}

export interface Inverse {
  readonly ops: readonly Op[];
  /** Rows of which a unit stays, because somebody changed it since or because the rules do not let it go back. */
  readonly kept: readonly { readonly table: TableName; readonly id: string; readonly why: string | null }[];
}

/** The ops that put an effect back on what is shown now. No ops and nothing kept: it is as it was already. */
export function inverseOf(view: PlanView, effect: Effect): Inverse {
  const kept: Inverse['kept'][number][] = [];
  let ops = [...effect].reverse().flatMap(({ table, id, before, after }): readonly Op[] => {
    const row = view.rows[table].get(id);
    const stands = findRow(view, table, id) ?? {};
    const keep = () => {
      kept.push({ table, id, why: null });
      return [];
    };
    if (!before) {
      if (!row) return [];
      return after && agrees(after, stands) ? [removeRow(table, row)] : keep();
    }
    if (!row) return after ? keep() : [insertRow(table, id, before)];
    if (!after) return agrees(before, stands) ? [] : keep();
    const units = unitsOf(table, after).filter((unit) => !agrees(unitFields(table, unit, before), stands));
    const free = units.filter((unit) => agrees(unitFields(table, unit, after), stands));
    if (free.length < units.length) keep();
    return free.length > 0 ? setInSteps(table, row, inUnits(table, free, before)) : [];
  });
  // What the rules no longer allow stays too, row by row; the rest goes back.
  while (ops.length > 0) {
    const { verdict } = predict(view, ops);
    if (verdict.outcome !== 'refused' && verdict.outcome !== 'conflict') break;
    const { why, ids } =
      verdict.outcome === 'refused'
        ? { why: verdict.refusal.message, ids: [verdict.refusal.id] }
        : { why: null, ids: verdict.items.map(({ id }) => id) };
    const isMeant = (op: Op) => 'table' in op && ids.includes(op.id);
    const meant = ops.some(isMeant) ? ops.filter(isMeant) : ops;
    for (const op of meant) if ('table' in op) kept.push({ table: op.table, id: op.id, why });
    ops = ops.filter((op) => !meant.includes(op));
  }
  return { ops, kept };
}

/**
 * The effect that an edit really had. Where the server combined it with somebody else's change of the same unit, what
 * was predicted is not what happened: a gesture goes back from where it led, and of labels what this edit added or took
 * away; for two reports of progress nobody here knows what stood in between, so they stay.
 * `standing`: the row exactly as this edit left it, undefined where that is not known.
 */
export function settledEffect(
  effect: Effect,
  { ops, merged }: { readonly ops: readonly Op[]; readonly merged: Receipt['merged'] },
  standing: (table: TableName, id: string) => Fields | undefined,
): Effect {
  return effect.flatMap((row): Effect => {
    const { table, id, before, after } = row;
    const final = standing(table, id);
    if (!before || !after || !final) return [row];
    const combined = merged.filter((unit) => unit.table === table && unit.id === id).map(({ unit }) => unit);
    const gesture = ops.findLast((op) => 'table' in op && op.table === table && op.id === id)?.op;
    const units = unitsOf(table, after).filter((unit) => unit !== 'progress' || !combined.includes(unit));
    const was: Record<string, Fields[string]> = {};
    const is: Record<string, Fields[string]> = {};
    for (const unit of units) {
      const ends = unitFields(table, unit, final);
      const isAsMeant = !COMBINED.includes(unit) || agrees(unitFields(table, unit, after), final);
      const back = isAsMeant
        ? unitFields(table, unit, before)
        : unit === 'labels'
          ? { ...ends, ...labelsBackFrom(before, after, final) }
          : { ...ends, ...backFrom(gesture, before, after, final) };
      Object.assign(was, back);
      Object.assign(is, isAsMeant ? unitFields(table, unit, after) : ends);
    }
    return Object.keys(is).length > 0 ? [{ table, id, before: was, after: is }] : [];
  });
}

/** Units that may stand elsewhere than this edit alone would have put them. */
const COMBINED = ['planned', 'labels'];

/** Without what was added, with what was taken away; what others did stays. */
function labelsBackFrom(before: Fields, after: Fields, final: Fields): Fields {
  const merged = mergeLabels({ base: after, current: final, mine: before });
  return merged !== null && 'fields' in merged ? merged.fields : {};
}

/** Mine was where, theirs how long; or the other way round; a slip lies on top. */
function backFrom(gesture: Op['op'] | undefined, before: Fields, after: Fields, final: Fields): Fields {
  const [start, end] = [Number(final.planned_start), Number(final.planned_end)];
  const [from, to] = [Number(before.planned_start), Number(before.planned_end)];
  if (gesture === 'slip') {
    const by = Number(after.planned_start) - from;
    return { planned_start: start - by, planned_end: end - by };
  }
  if (gesture === 'move') return { planned_start: from, planned_end: from + end - start };
  if (gesture !== 'resize') return {};
  return after.planned_start === before.planned_start
    ? { planned_end: start + to - from }
    : { planned_start: end - to + from };
}

function predict(view: PlanView, ops: readonly Op[]) {
  const state: PlanState = {
    get: (table, id) => findRow(view, table, id),
    rows: (table) => view.rows[table].values() as Iterable<Row>,
    isRemoved: () => false,
  };
  return applyEdit(state, { id: '', ops }, { ...view.user, role: view.role });
}

function unitsOf(table: TableName, fields: Fields): readonly string[] {
  return [...new Set(Object.keys(fields).map((field) => unitOf(table, field)))];
}

function inUnits(table: TableName, units: readonly string[], fields: Fields): Fields {
  const names = Object.keys(TABLES[table]).filter((field) => units.includes(unitOf(table, field)));
  return Object.fromEntries(names.map((field) => [field, fields[field] ?? null]));
}
