/** What waits for a decision, by row: where one of the two wanted the row to be, and the conflict that tells more. Pure. */
import { timesIn } from '../../store/conflict-items.ts';
import { sentence } from '../../store/isolated.ts';
import type { ConflictItem } from '../../store/rows.ts';
import { timesText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import type { Span } from './lines.ts';

export interface Dispute {
  /** The conflict's id; null: of an edit that will become one once it is sent. */
  readonly conflict: string | null;
  /** Where the row was for both; null where its times are not in dispute. The row itself stands where theirs is. */
  readonly was: Span | null;
  /** Where the edit that waits would have it. */
  readonly wanted: Span | null;
  readonly words: string;
}

/** Of open conflicts and of edits that will become one; the first to come speaks for its row. */
export function disputesOf({ queue, rows, user }: PlanView, zone: string): ReadonlyMap<string, Dispute> {
  const disputes = new Map<string, Dispute>();
  const add = (id: string, dispute: Dispute) => {
    if (!disputes.has(id)) disputes.set(id, dispute);
  };
  for (const { id, state, items, author, author_name } of rows.conflicts.values()) {
    if (state !== 'open') continue;
    const who = author === user.key ? 'You' : author_name;
    for (const item of items) add(item.id, { conflict: id, ...timesOf(item, who, zone) });
  }
  for (const { edit, predicted } of queue) {
    if (predicted.outcome !== 'conflict') continue;
    for (const item of predicted.items) {
      const { words, ...times } = timesOf(item, 'You', zone);
      add(item.id, { conflict: null, ...times, words: `Kept on this device; once sent it needs a decision. ${words}` });
    }
    for (const op of edit.ops) {
      if ('id' in op) add(op.id, { conflict: null, was: null, wanted: null, words: UNSENT });
    }
  }
  return disputes;
}

const UNSENT = 'Kept on this device; it will need a decision once sent.';

function timesOf({ base, mine }: ConflictItem, who: string, zone: string): Omit<Dispute, 'conflict'> {
  const times = timesIn(mine);
  if (times === null) return { was: null, wanted: null, words: 'Waits for a decision.' };
  const words = sentence`${who} wanted ${timesText(zone, ...times)}. Waits for a decision.`;
  return { was: spanOf(timesIn(base)), wanted: spanOf(times), words };
}

function spanOf(times: readonly [start: number, end: number] | null): Span | null {
  return times && { start: times[0], length: times[1] - times[0] };
}
