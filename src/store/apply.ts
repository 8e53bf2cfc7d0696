/**
 * What an edit does to a plan: the executable specification of `macroplan.apply_edit` and, on a device, the prediction
 * of what the server will say. Pure. The order of checks is part of the contract (docs/merge.md): both sides report
 * the same first problem. Costs O(ops + the rows that the rules must look at).
 */
import { type Draft, draftOver, type PlanState, type RowChange, type RowWrite } from './draft.ts';
import type { Edit, MergedUnit, Refusal, Verdict } from './edit.ts';
import { checkOp } from './op-checks.ts';
import { applyOp } from './op-steps.ts';
import type { ConflictCause, ConflictItem, Role, Row } from './rows.ts';
import { brokenRule } from './rules.ts';
import type { TableName } from './schema.ts';

export type { PlanState, RowChange, RowWrite };

export interface Actor {
  /** The platform's user key. */
  readonly key: string;
  readonly name: string;
  readonly role: Role;
}

/** Another client's change of one merge unit; unit `row` means that the row was made or removed. */
export interface TheirChange {
  readonly unit: string;
  readonly by: string;
  readonly rev: number;
}

/** What the event log knows and rows do not. A device without it predicts a little less: no names, fewer notices. */
export interface History {
  /** Others' changes to a row since the cursor of the request, the last of each unit. */
  readonly changedSince?: (table: TableName, id: string) => readonly TheirChange[];
  /** Who last changed a unit, whoever that was. */
  readonly theirs?: (
    table: TableName,
    id: string,
    unit: string,
  ) => { readonly by: string; readonly at: number; readonly rev: number } | null;
  /** A removed row as it last was. */
  readonly lastRow?: (table: TableName, id: string) => Row | undefined;
  /**
   * True for rows of the author's earlier edits that are in conflict, which the author has not seen yet; but for the
   * conflicts of these ids, which the same edit settles.
   */
  readonly isBlocked?: (id: string, settled?: ReadonlySet<string>) => boolean;
}

export interface Applied {
  readonly verdict: Verdict;
  /** Empty unless the outcome is applied or merged. */
  readonly changes: readonly RowChange[];
  /** The same, write by write, as the event log has it. */
  readonly writes: readonly RowWrite[];
}

/** Why an edit, or one op of it, does not go through. */
export type Stop =
  | { readonly refusal: Refusal }
  | { readonly cause: ConflictCause; readonly items: readonly ConflictItem[] };

export function applyEdit(
  state: PlanState,
  edit: Pick<Edit, 'id' | 'ops'>,
  actor: Actor,
  history: History = {},
): Applied {
  for (const op of edit.ops) {
    const refusal = checkOp(op, actor.role);
    if (refusal) return stopped({ refusal });
  }
  const draft = draftOver(state);
  const result = applyOps(draft, edit, actor, history);
  if ('stop' in result) return stopped(result.stop);
  const stop = brokenRule(draft, history);
  if (stop) return stopped(stop);
  const merged = othersKept(result.touched, draft, history);
  const done = { changes: draft.changes(), writes: draft.writes() };
  if (merged.length > 0) return { verdict: { outcome: 'merged', merged }, ...done };
  return { verdict: { outcome: done.writes.length > 0 || result.hasEffect ? 'applied' : 'noop' }, ...done };
}

function stopped(stop: Stop): Applied {
  const verdict: Verdict = 'refusal' in stop ? { outcome: 'refused', ...stop } : { outcome: 'conflict', ...stop };
  return { verdict, changes: [], writes: [] };
}

/** The units that an edit's ops named on a row that stood before, and those in which both sides' changes were kept. */
export interface Touched {
  readonly table: TableName;
  readonly id: string;
  readonly named: Set<string>;
  readonly combined: Set<string>;
}

type Ran = { readonly stop: Stop } | { readonly touched: readonly Touched[]; readonly hasEffect: boolean };

/**
 * The first problem decides what kind of answer it is. After a conflict the later ops run on, so that one panel shows
 * all of them, but what they are refused for may only follow from the op that was left out.
 */
function applyOps(draft: Draft, edit: Pick<Edit, 'id' | 'ops'>, actor: Actor, history: History): Ran {
  const touched = new Map<string, Touched>();
  const blockedHere = new Set<string>();
  const settled = new Set<string>();
  const isBlocked = (id: string) => blockedHere.has(id) || (history.isBlocked?.(id, settled) ?? false);
  const items: ConflictItem[] = [];
  let cause: ConflictCause | null = null;
  let hasEffect = false;
  for (const op of edit.ops) {
    const step = applyOp(op, { draft, edit, actor, history: { ...history, isBlocked }, touched });
    if (step === 'effect') hasEffect = true;
    if (step === 'done' && op.op === 'resolve' && cause === null) settled.add(op.id);
    if (typeof step === 'string') continue;
    if ('refusal' in step) {
      if (cause === null) return { stop: step };
      continue;
    }
    cause ??= step.cause;
    items.push(...step.items);
    if (step.cause === 'blocked' && 'id' in op) blockedHere.add(op.id);
  }
  return cause === null ? { touched: [...touched.values()], hasEffect } : { stop: { cause, items } };
}

/** Others' changes to the same rows that stand beside this edit's, sorted within each row by unit. */
function othersKept(touched: readonly Touched[], draft: Draft, history: History): readonly MergedUnit[] {
  return touched.flatMap(({ table, id, named, combined }) => {
    const before = draft.before(table, id);
    if (!before || !draft.get(table, id) || draft.get(table, id) === before) return [];
    const units = [...combined].map((unit): MergedUnit => {
      const theirs = history.theirs?.(table, id, unit);
      return { table, id, unit, by: theirs?.by ?? '', rev: theirs?.rev ?? before.rev };
    });
    for (const { unit, by, rev } of history.changedSince?.(table, id) ?? []) {
      if (unit !== 'row' && !named.has(unit)) units.push({ table, id, unit, by, rev });
    }
    return units.sort((a, b) => (a.unit < b.unit ? -1 : 1));
  });
}
