import { forceCloseDatabase } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { MapStorage } from '../testing/map-storage.ts';
import { freshDisk, openReplica, takeRows } from '../testing/open-replica.ts';
import { PLAN_ID, SCHEDULE_ID, smallPlan } from '../testing/small-plan.ts';
import { StorageError } from './errors.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { Fields } from './rows.ts';
import { spareCopies } from './spare-copies.ts';

const NAME = { site: 'http://localhost/base', userKey: 'planner-a', planId: PLAN_ID };

let storage = new MapStorage();

beforeEach(() => {
  freshDisk();
  storage = new MapStorage();
});

const open = (from = () => storage, user = 'planner-a') =>
  openReplica(user, undefined, spareCopies(from, { ...NAME, userKey: user }));

async function filled(from?: () => MapStorage): Promise<Replica> {
  const replica = await open(from);
  await takeRows(replica, { snapshot: 'first', cursor: 'e.1', rev: 1, role: 'planner' }, { rows: smallPlan });
  return replica;
}

function set(replica: Replica, label: string, changes: Fields): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  return replica.edit(label, [setFields('chapter_schedules', row, changes)]);
}

const labels = ({ queue }: Replica) => queue.map(({ edit }) => edit.label);

async function typed(replica: Replica): Promise<readonly string[]> {
  await set(replica, 'One', { note: 'one' });
  await set(replica, 'Two', { status: 'ready' });
  return replica.queue.map(({ edit }) => edit.id);
}

test('a database that the browser threw away begins anew with what had waited, under the same ids and in its order', async () => {
  const ids = await typed(await filled());
  freshDisk();
  const replica = await open();
  expect(replica.queue.map(({ edit, sent }) => [edit.id, edit.seq, sent])).toEqual([
    [ids[0], 1, true],
    [ids[1], 2, true],
  ]);
  await replica.edit('Three', [setFields('chapter_schedules', { id: SCHEDULE_ID } as never, { note: 'three' })]);
  expect(replica.queue.map(({ edit }) => edit.seq)).toEqual([1, 2, 3]);
});

test('what was answered, or joined with another edit, leaves no copy', async () => {
  const replica = await filled();
  await set(replica, 'One', { note: 'one' });
  await set(replica, 'One more', { note: 'one more' });
  expect(storage.length).toBe(1);
  freshDisk();
  expect(labels(await open())).toEqual(['One more']);
  const again = await open();
  const receipt = { edit: again.queue[0]?.edit.id ?? '', seq: 1, outcome: 'noop', rev: null, dup: true } as const;
  await takeRows(again, { snapshot: 'first', cursor: 'e.1', rev: 1, role: 'planner' }, { rows: smallPlan });
  const delta = { cursor: 'e.2', rev: 2, reset: null, now: 0, poll_after_ms: 7_000, rows: {}, events: [] } as const;
  await again.install('e.1', { ...delta, row_count: 0, row_sum: 0 }, [
    { ...receipt, merged: [], conflict: null, refusal: null },
  ]);
  expect(again.queue).toEqual([]);
  expect(storage.length).toBe(0);
});

test('while the database stands it alone counts: a copy of what has left the queue goes', async () => {
  const replica = await filled();
  await typed(replica);
  const older = new MapStorage(storage);
  await replica.undo();
  await replica.undo();
  expect(replica.queue).toEqual([]);
  storage = older;
  expect(labels(await open())).toEqual([]);
  expect(storage.length).toBe(0);
});

test('another person on the same browser is not given them', async () => {
  await typed(await filled());
  freshDisk();
  expect(labels(await open(() => storage, 'planner-b'))).toEqual([]);
  freshDisk();
  expect(labels(await open())).toEqual(['One', 'Two']);
});

test('a browser that forbids or fills the other store keeps edits all the same', async () => {
  const forbidden = await filled(() => {
    throw new DOMException('Access is denied.', 'SecurityError');
  });
  await typed(forbidden);
  expect(labels(forbidden)).toEqual(['One', 'Two']);

  freshDisk();
  class Full extends MapStorage {
    override setItem(): void {
      throw new DOMException('Full', 'QuotaExceededError');
    }
  }
  const full = new Full();
  const replica = await filled(() => full);
  await typed(replica);
  expect(labels(replica)).toEqual(['One', 'Two']);
});

test('copies that are damaged, and those of other data, are left out', async () => {
  await typed(await filled());
  const [key = ''] = [storage.key(0)];
  storage.setItem(String(key), '{"id":"f0');
  storage.setItem('something else', '{}');
  freshDisk();
  expect(labels(await open())).toEqual(['Two']);
  expect(storage.getItem('something else')).toBe('{}');
});

test('data that is cleared while a page opens it takes no copy with it', async () => {
  await typed(await filled());
  const opening = vi.spyOn(indexedDB, 'open');
  let isCleared = false;
  const clearedAtFirst = () => {
    if (!isCleared) {
      isCleared = true;
      const [opened] = opening.mock.results;
      freshDisk();
      // By then there is a replica, which has read nothing yet.
      queueMicrotask(() => forceCloseDatabase(opened?.value.result));
    }
    return 1_806_000_000_000;
  };
  const page = openReplica(
    'planner-a',
    clearedAtFirst,
    spareCopies(() => storage, NAME),
  );
  await expect(page).rejects.toThrow(StorageError);
  // The page that failed has its time to do harm.
  await new Promise((resolve) => setTimeout(resolve));
  expect(labels(await open())).toEqual(['One', 'Two']);
});
