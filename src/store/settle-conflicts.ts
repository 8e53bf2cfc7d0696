/**
 * Settling conflicts as a person sees them: one edit for a conflict with what waits for it, or for several of one
 * cause. Each next conflict is settled on the plan as the ones before leave it. Pure.
 */
import { combineTexts } from './combine-text.ts';
import { meet } from './conflict-chains.ts';
import type { Op } from './edit.ts';
import { previewOf } from './preview.ts';
import { type CustomFields, combineWithTheirs, resolveConflict } from './resolution.ts';
import { isAboutValues, subjectOf } from './restated.ts';
import type { Conflict, ConflictItem } from './rows.ts';
import type { PlanView } from './view.ts';

/** `both`: my shift on top of theirs, or both people's text. */
export type Way = 'theirs' | 'mine' | 'both';

/** What becomes of an edit that was built on one in dispute: it applies, it goes with it, or it stays to be decided alone. */
export interface Fate {
  readonly conflict: Conflict;
  readonly fate: 'kept' | 'dropped' | 'left';
}

export interface Settling {
  readonly ops: readonly Op[];
  /** Of all but the first of the chain. */
  readonly fates: readonly Fate[];
}

/** A conflict and those that wait for it, settled by one edit. Null where an edit is not to be had this way. */
export function settle(view: PlanView, [first, ...waiting]: readonly Conflict[], way: Way): Settling | null {
  if (first === undefined) return null;
  const ops = way === 'both' ? bothOf(view, first) : resolveConflict(view, first, way);
  return ops === null ? null : withWaiting(view, { ops, first, waiting, way });
}

/** Several chains by one edit, each on the plan as the ones before leave it. */
export function settleAll(view: PlanView, chains: readonly (readonly Conflict[])[], way: Way): readonly Op[] {
  const ops: Op[] = [];
  let stands = view;
  for (const chain of chains) {
    const more = settle(stands, chain, way)?.ops ?? [];
    ops.push(...more);
    stands = previewOf(stands, more).view;
  }
  return ops;
}

/** What a person typed, for the first of a chain. */
export function settleByHand(
  view: PlanView,
  [first, ...waiting]: readonly Conflict[],
  custom: CustomFields,
): readonly Op[] {
  if (first === undefined) return [];
  const ops = resolveConflict(view, first, 'custom', custom);
  return withWaiting(view, { ops, first, waiting, way: 'custom' }).ops;
}

interface Start {
  /** What settles the first. */
  readonly ops: readonly Op[];
  readonly first: Conflict;
  readonly waiting: readonly Conflict[];
  readonly way: Way | 'custom';
}

/**
 * What waits for a conflict was never merged, so it is now, on what the choice leaves. A choice is about what was on screen:
 * where somebody changed something else meanwhile that such an edit changes too, nobody has seen both sides, and it stays open.
 */
function withWaiting(view: PlanView, { ops: start, first, waiting, way }: Start): Settling {
  const ops = [...start];
  const fates: Fate[] = [];
  // A row that is not made is not there for what was built on it.
  const decided = new Set([...first.items.map(subjectOf), ...(way === 'theirs' ? madeBy(first) : [])]);
  const left: Conflict[] = [];
  const { verdict: answer, view: after } = previewOf(view, start);
  // What stands in the way of the first is what the person must hear of.
  if (answer.outcome === 'refused' || answer.outcome === 'conflict') return { ops, fates };
  let stands = after;
  for (const conflict of waiting) {
    const again = resolveConflict(stands, { ...conflict, items: [] }, 'mine');
    const { verdict } = previewOf(stands, again);
    const isLeft = left.some((each) => meet(each, conflict));
    const isDecided = verdict.outcome === 'conflict' && verdict.items.every((item) => decided.has(subjectOf(item)));
    const isRefused = verdict.outcome === 'refused';
    if (isLeft || (isRefused && way !== 'theirs') || (verdict.outcome === 'conflict' && !isDecided)) {
      left.push(conflict);
      fates.push({ conflict, fate: 'left' });
      continue;
    }
    const isDropped = way === 'theirs' && (isDecided || isRefused);
    const items = verdict.outcome === 'conflict' ? verdict.items : [];
    const known = verdict.outcome === 'conflict' && !isAboutValues(verdict.cause) ? conflict.items : items;
    const more = isDropped
      ? resolveConflict(stands, conflict, 'theirs')
      : resolveConflict(stands, { ...conflict, items: known }, 'mine');
    for (const item of items) decided.add(subjectOf(item));
    if (isDropped) for (const row of madeBy(conflict)) decided.add(row);
    ops.push(...more);
    stands = previewOf(stands, more).view;
    fates.push({ conflict, fate: isDropped ? 'dropped' : 'kept' });
  }
  return { ops, fates };
}

function madeBy({ ops }: Conflict): readonly string[] {
  return ops.flatMap((op) => (op.op === 'insert' ? [`${op.table}/${op.id}/row`] : []));
}

function bothOf(view: PlanView, conflict: Conflict): readonly Op[] | null {
  if (conflict.cause === 'double_slip' || conflict.cause === 'both_moved') return combineWithTheirs(view, conflict);
  const texts = conflict.items.map(bothTexts);
  if (conflict.cause !== 'both_changed' || texts.some((text) => text === null)) return null;
  const custom: CustomFields = Object.fromEntries(conflict.items.map(({ id }, i) => [id, { note: texts[i] ?? '' }]));
  return resolveConflict(view, conflict, 'custom', custom);
}

/** Null unless both sides wrote a note. */
export function bothTexts({ unit, base, theirs, mine }: ConflictItem): string | null {
  if (unit !== 'note' || !theirs || !mine) return null;
  return combineTexts(String(base?.note ?? ''), String(theirs.note ?? ''), String(mine.note ?? ''));
}
