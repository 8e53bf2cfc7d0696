/** Replicas over an in-memory IndexedDB, for tests of store and sync. Only clock and chance are made up. */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { Base } from '../store/base.ts';
import type { Delta, RowColumns } from '../store/delta.ts';
import { keepPart, type SnapshotHead } from '../store/install.ts';
import { type History, Replica } from '../store/replica.ts';
import type { Met } from '../store/restored.ts';
import { segmentOf } from '../store/segment.ts';
import type { SpareCopies } from '../store/spare-copies.ts';
import { PLAN_ID, smallPlan } from './small-plan.ts';

/** An empty disk: what a browser profile has before its first visit. */
export function freshDisk(): void {
  globalThis.indexedDB = new IDBFactory();
}

let ids = 0;

/** Opens the replica on the current disk, as a tab of `userKey` would. */
export function openReplica(
  userKey = 'planner-a',
  clock = () => 1_806_000_000_000,
  spare?: SpareCopies,
): Promise<Replica> {
  const name = { site: 'http://localhost/base', userKey, planId: PLAN_ID };
  return Replica.open(
    name,
    { key: userKey, name: 'Planner A' },
    {
      clock,
      changedRowsMax: 2,
      ...(spare ? { spare } : {}),
      newId: () => {
        ids += 1;
        return `f0000000-0000-4000-8000-${ids.toString(16).padStart(12, '0')}`;
      },
    },
  );
}

/** A replica that holds the small plan at cursor `e.1`. */
export async function openFilledReplica(clock?: () => number): Promise<Replica> {
  const replica = await openReplica('planner-a', clock);
  await takeRows(replica, { snapshot: 'first', cursor: 'e.1', rev: 1, role: 'planner' }, { rows: smallPlan });
  return replica;
}

/** A snapshot of one part becomes the base. */
export async function takeRows(
  replica: Replica,
  head: SnapshotHead,
  { rows, history = 'same-history', log = null }: { rows: RowColumns; history?: History; log?: Met['log'] },
): Promise<void> {
  await keepPart(replica.database, { snapshot: head.snapshot, part: 0, text: segmentOf(rows) });
  const base = new Base();
  base.lay(rows);
  await replica.switchTo(replica.cursor, head, { base, history, since: nothingSince(head), log });
}

/** The answer to a cursor that has seen everything. */
export function nothingSince({ cursor, rev }: { cursor: string; rev: number }): Delta {
  const now = 0;
  return { cursor, rev, reset: null, now, poll_after_ms: 7_000, rows: {}, events: [], row_count: 0, row_sum: 0 };
}
