import type { RowBase } from './rows.ts';
import type { PlanView } from './view.ts';

/** Whether somebody else changed a row after this rev: its own rev is newer, and no event says that only the reader did. */
export function newsSince({ events, user }: PlanView, rev: number): (row: RowBase) => boolean {
  const mine = new Set<string>();
  const others = new Set<string>();
  for (const event of events) {
    if (event.rev > rev) (event.actor === user.key ? mine : others).add(event.row_id);
  }
  return (row) => row.rev > rev && (others.has(row.id) || !mine.has(row.id));
}
