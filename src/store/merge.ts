/**
 * Three-way merge of one merge unit: what the person saw (base), what stands now (current), what the person wants
 * (mine). Pure; docs/merge.md has the same as tables, and `macroplan.merge_set` / `merge_gesture` are its twins in SQL.
 */
import type { MoveOp, PlannedTimes, ResizeOp, SlipOp } from './edit.ts';
import { LABELS_MAX, labelsText, wordsOf } from './labels.ts';
import type { ConflictCause, Fields, Value } from './rows.ts';

/** `apply`: nobody else changed it. `combine`: both changes stand. `noop`: nothing is left to do. */
export type UnitMerge =
  | { readonly kind: 'apply' | 'combine'; readonly fields: Fields }
  | { readonly kind: 'noop' }
  | { readonly kind: 'conflict'; readonly cause: ConflictCause };

export type Gesture = MoveOp | ResizeOp | SlipOp;

const NOOP: UnitMerge = { kind: 'noop' };

/** `base` null: the person believed that there was no such row, so only equal values agree. */
export function mergeSet(unit: string, { base, current, mine }: ThreeSides): UnitMerge {
  if (agrees(mine, current)) return NOOP;
  // A form that sends a unit as it found it asked for nothing.
  if (base && agrees(mine, base)) return NOOP;
  if (base && agrees(base, current)) return { kind: 'apply', fields: mine };
  const merged = base === null ? null : mergeWithin(unit, { base, current, mine });
  return merged ?? both('both_changed');
}

export interface ThreeSides {
  readonly base: Fields | null;
  readonly current: Fields;
  /** Only the fields that the edit names; the others count as unchanged. */
  readonly mine: Fields;
}

/** Units of which both changes may stand. */
function mergeWithin(unit: string, sides: ThreeSides & { readonly base: Fields }): UnitMerge | null {
  if (unit === 'progress') return mergeProgress(sides);
  return unit === 'labels' ? mergeLabels(sides) : null;
}

/** Labels are a set: what either side added is there, what either side took away is not. Null where they are too many. */
export function mergeLabels({ base, current, mine }: ThreeSides & { readonly base: Fields }): UnitMerge | null {
  const [seen, theirs, own] = [wordsOf(base.labels), wordsOf(current.labels), wordsOf(mine.labels)];
  const either = new Set([...theirs, ...own]);
  const words = [...either].filter((word) => !seen.includes(word) || (theirs.includes(word) && own.includes(word)));
  if (words.length > LABELS_MAX) return null;
  const fields = { labels: labelsText(words) };
  return agrees(fields, current) ? NOOP : { kind: 'combine', fields };
}

/** The order in which work goes forward; blocked and skipped lie beside it. */
const PATH: readonly Value[] = ['pending', 'ready', 'running', 'done'];

/** Two reports of progress on one path: the further one stands, with the times that either side reported. */
function mergeProgress({ base, current, mine }: ThreeSides & { readonly base: Fields }): UnitMerge | null {
  const from = rank(base.status);
  const theirs = rank(current.status);
  const own = rank(mine.status);
  if (from < 0 || theirs <= from || own <= from) return null;
  const fields: Record<string, Value> = {};
  for (const [field, value] of Object.entries(mine)) {
    const seen = base[field] ?? null;
    const stands = current[field] ?? null;
    if (field === 'status') fields[field] = own > theirs ? value : stands;
    else if (sameValue(value, seen)) fields[field] = stands;
    else if (sameValue(stands, seen) || sameValue(stands, value)) fields[field] = value;
    else return null;
  }
  return agrees(fields, current) ? NOOP : { kind: 'combine', fields };
}

function rank(status: Value | undefined): number {
  return PATH.indexOf(status ?? null);
}

/** Where the gesture leads if nobody else touched the schedule. */
export function targetOf(op: Gesture): PlannedTimes {
  const { planned_start, planned_end } = op.base;
  switch (op.op) {
    case 'move':
      return window(op.start, op.start + planned_end - planned_start);
    case 'resize':
      return op.edge === 'start' ? window(op.to, planned_end) : window(planned_start, op.to);
    case 'slip':
      return window(planned_start + op.by, planned_end + op.by);
  }
}

/** The matrix of gestures: what others did is read from the values, base against current. */
export function mergeGesture(op: Gesture, current: PlannedTimes): UnitMerge {
  const target = targetOf(op);
  if (sameTimes(target, op.base) || sameTimes(target, current)) {
    const isDoubleSlip = op.op === 'slip' && op.by !== 0 && !sameTimes(op.base, current);
    return isDoubleSlip ? both('double_slip') : NOOP;
  }
  const theirs = theirGesture(op.base, current);
  if (theirs === 'none') return { kind: 'apply', fields: { ...target } };
  const merged = combine(op, current, theirs);
  if ('kind' in merged) return merged;
  return sameTimes(merged, current) ? NOOP : { kind: 'combine', fields: { ...merged } };
}

type TheirGesture = 'none' | 'moved' | 'start resized' | 'end resized' | 'window set';

function theirGesture(base: PlannedTimes, current: PlannedTimes): TheirGesture {
  const start = current.planned_start - base.planned_start;
  const end = current.planned_end - base.planned_end;
  if (start === 0 && end === 0) return 'none';
  if (start === end) return 'moved';
  if (start === 0) return 'end resized';
  return end === 0 ? 'start resized' : 'window set';
}

function combine(op: Gesture, current: PlannedTimes, theirs: TheirGesture): PlannedTimes | UnitMerge {
  const { planned_start, planned_end } = current;
  switch (op.op) {
    case 'move':
      // They changed the duration: mine is where, theirs is how long.
      if (theirs === 'moved' || theirs === 'window set') return both('both_moved');
      return window(op.start, op.start + planned_end - planned_start);
    case 'resize': {
      // They moved it: theirs is where, mine is how long, measured from the edge that I left alone.
      if (theirs !== 'moved') return both('both_resized');
      const duration = op.edge === 'end' ? op.to - op.base.planned_start : op.base.planned_end - op.to;
      if (op.edge === 'end') return window(planned_start, planned_start + duration);
      return window(planned_end - duration, planned_end);
    }
    case 'slip':
      // On top of anything but the same shift: two leads who press "+30" mean thirty minutes, not sixty.
      return window(planned_start + op.by, planned_end + op.by);
  }
}

function both(cause: ConflictCause): UnitMerge {
  return { kind: 'conflict', cause };
}

function window(planned_start: number, planned_end: number): PlannedTimes {
  return { planned_start, planned_end };
}

function sameTimes(a: PlannedTimes, b: PlannedTimes): boolean {
  return a.planned_start === b.planned_start && a.planned_end === b.planned_end;
}

/** True if every field of `some` has the same value in `all`. */
export function agrees(some: Fields, all: Fields): boolean {
  return Object.entries(some).every(([field, value]) => sameValue(value, all[field] ?? null));
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = b as { readonly [key: string]: Value };
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && sameValue(value, right[key] ?? null))
  );
}
