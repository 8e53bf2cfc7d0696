/** Where an edit would leave a chapter that somebody else changed while it was being made, as the edit itself will be merged. Pure. */
import { unitFields } from '../../store/conflict-items.ts';
import type { Op } from '../../store/edit.ts';
import { mergeGesture, mergeSet } from '../../store/merge.ts';
import type { ChapterSchedule } from '../../store/rows.ts';
import { PLANNING_UNITS } from '../../store/schema.ts';

/** `now`: how it stands. Null: the two changes do not go together, and somebody will have to decide. */
export function mergedTimes(ops: readonly Op[], now: ChapterSchedule): ChapterSchedule | null {
  let merged = now;
  for (const op of ops) {
    const merges =
      op.op === 'move' || op.op === 'resize' || op.op === 'slip' ? [mergeGesture(op, merged)] : setMerges(op, merged);
    for (const merge of merges) {
      if (merge.kind === 'conflict') return null;
      if (merge.kind !== 'noop') merged = { ...merged, ...merge.fields };
    }
  }
  return merged;
}

function setMerges(op: Op, now: ChapterSchedule) {
  if (op.op !== 'set') return [];
  return PLANNING_UNITS.map((unit) => {
    const base = op.base && unitFields('chapter_schedules', unit, op.base);
    return mergeSet(unit, { base, current: { ...now }, mine: unitFields('chapter_schedules', unit, op.set) });
  });
}
