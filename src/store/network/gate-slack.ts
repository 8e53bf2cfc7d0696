/** How much later what moves could still stand before a gate that waits for it is reached too late. Pure. */
import type { Chapter, ChapterSchedule, Dependency, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import type { Retimed } from './cascade.ts';
import { type Ground, groundOf } from './cascade-ground.ts';

export interface GateSlack {
  readonly gate: Chapter;
  /** Minutes; negative: that much too late for it. */
  readonly slack: number;
}

interface Times {
  readonly start: number;
  readonly end: number;
}

/**
 * Of all gates that wait for what moves, the one with the least room; of two, the one that comes first. What stands between takes as
 * long as it is planned to, and begins as soon as it may: gaps in the plan are room. What lies behind a gate waits for that gate. Null
 * where no gate that is still to be decided waits for it.
 */
export function leastGateSlack(rows: RowMaps, iteration: Iteration, moved: readonly Retimed[]): GateSlack | null {
  const ground = groundOf(rows, iteration);
  if (ground === null) return null;
  const { chains, places, schedules, isOver } = ground;
  const { order, index, first, to } = chains;
  // By place in the order: before a chapter's turn comes, all that it waits for has had its own.
  const hasTurn = new Uint8Array(order.length);
  const reached = new Map<number, Times>();
  for (const { chapterId, start, end } of moved) {
    const at = index.get(chapterId);
    if (at === undefined) continue;
    reached.set(at, { start, end });
    hasTurn[places[at] as number] = 1;
  }
  let least: GateSlack | null = null;
  for (let place = hasTurn.indexOf(1); place >= 0; place = hasTurn.indexOf(1, place + 1)) {
    const at = order[place] as number;
    const { chapter_id, planned_start, planned_end } = schedules[at] as ChapterSchedule;
    if (!reached.has(at)) {
      if (isOver[at] === 1) continue;
      const start = soonestOf(ground, reached, at);
      const gate = rows.chapters.get(chapter_id);
      if (gate?.kind === 'gate') {
        const slack = planned_start - start;
        if (least === null || slack < least.slack) least = { gate, slack };
        continue;
      }
      reached.set(at, { start, end: start + planned_end - planned_start });
    }
    for (let link = first[at] as number; link < (first[at + 1] as number); link += 1) {
      hasTurn[places[to[link] as number] as number] = 1;
    }
  }
  return least;
}

/** The earliest start that what was reached leaves it. */
function soonestOf(
  { chains, dependencies, schedules, waits }: Ground,
  reached: ReadonlyMap<number, Times>,
  at: number,
) {
  const { planned_start, planned_end } = schedules[at] as ChapterSchedule;
  let soonest = Number.NEGATIVE_INFINITY;
  for (let i = waits.first[at] as number; i < (waits.first[at + 1] as number); i += 1) {
    const link = waits.links[i] as number;
    const before = reached.get(waits.from[link] as number);
    if (before === undefined) continue;
    const { kind, lag_minutes } = dependencies[chains.which[link] as number] as Dependency;
    const wanted = (kind === 'SS' ? before.start : before.end) + lag_minutes;
    soonest = Math.max(soonest, wanted - (kind === 'FF' ? planned_end - planned_start : 0));
  }
  return soonest;
}
