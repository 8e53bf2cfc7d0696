/**
 * Settling conflicts as a person sees them: one edit for a conflict with all that waits for it, or for several of one
 * cause. Each next conflict is settled on the plan as the ones before leave it. Pure.
 */
import { combineTexts } from './combine-text.ts';
import type { Op } from './edit.ts';
import { previewOf } from './preview.ts';
import { type CustomFields, combineWithTheirs, resolveConflict } from './resolution.ts';
import type { Conflict, ConflictItem } from './rows.ts';
import type { PlanView } from './view.ts';

/** `both`: my shift on top of theirs, or both people's text. */
export type Way = 'theirs' | 'mine' | 'both';

/** Null where an edit is not to be had this way. */
export function settle(view: PlanView, conflicts: readonly Conflict[], way: Way): readonly Op[] | null {
  const ops: Op[] = [];
  let stands = view;
  for (const [i, conflict] of conflicts.entries()) {
    // What waits for the first takes up my side of the matter, whichever way that was combined.
    const more =
      way === 'both'
        ? i === 0
          ? bothOf(stands, conflict)
          : resolveConflict(stands, conflict, 'mine')
        : resolveConflict(stands, conflict, way);
    if (more === null) return null;
    ops.push(...more);
    if (i < conflicts.length - 1) stands = previewOf(stands, more).view;
  }
  return ops;
}

/** What a person typed, for the first; the others take up their author's side. */
export function settleByHand(
  view: PlanView,
  [first, ...others]: readonly Conflict[],
  custom: CustomFields,
): readonly Op[] {
  if (first === undefined) return [];
  const ops = resolveConflict(view, first, 'custom', custom);
  return [...ops, ...(settle(previewOf(view, ops).view, others, 'mine') ?? [])];
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

/**
 * Open conflicts, each with those that wait for it: edits of the same person that build on rows in dispute. What waits
 * for something settled already stands alone.
 */
export function chainsOf(open: readonly Conflict[]): readonly (readonly Conflict[])[] {
  const chains: Conflict[][] = [];
  for (const conflict of [...open].sort((a, b) => a.at - b.at || a.rev - b.rev)) {
    const chain =
      conflict.cause === 'blocked'
        ? chains.find(
            ([first, ...more]) =>
              first?.author === conflict.author && [first, ...more].some((each) => meet(each, conflict)),
          )
        : undefined;
    if (chain) chain.push(conflict);
    else chains.push([conflict]);
  }
  return chains;
}

function meet(one: Conflict, waiting: Conflict): boolean {
  const rows = rowsOf(one);
  return [...rowsOf(waiting), ...referredBy(waiting)].some((id) => rows.has(id));
}

/** What the ops of an edit refer to: an edit waits for such rows too (migrations/functions/edit/is_blocked.sql). */
function referredBy({ ops }: Conflict): readonly string[] {
  const values = ops.flatMap((op) =>
    op.op === 'insert' ? Object.values(op.row) : op.op === 'set' ? Object.values(op.set) : [],
  );
  return values.filter((value) => typeof value === 'string');
}

function rowsOf({ items, ops }: Conflict): ReadonlySet<string> {
  return new Set([
    ...items.map(({ id }) => id),
    ...ops.flatMap((op) => ('id' in op && op.op !== 'resolve' ? [op.id] : [])),
  ]);
}
