/** The database in memory beside IndexedDB itself (fake-indexeddb has its rules): the same acts, the same answers. */
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { freshDisk } from '../testing/open-replica.ts';
import { openReplicaDatabase, type ReplicaDatabase, read, type WriteTransaction, write } from './database.ts';
import { keysBetween } from './key-range.ts';
import { openMemoryDatabase } from './memory-database.ts';

const NAME = { site: 'http://localhost/base', userKey: 'planner-a', planId: 'p' };
const WHAT = { what: 'A test', stores: ['segments', 'undo'] } as const;

beforeEach(freshDisk);

type Act = (transaction: WriteTransaction) => Promise<unknown>;

const snapshot = fc.constantFrom('a', 'b', 'ab');
const part = fc.integer({ min: 0, max: 12 });
const pile = fc.constantFrom('undo', 'redo');
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(snapshot, part, fc.string()).map(
    ([name, n, text]): Act =>
      (t) =>
        t.objectStore('segments').put(text, [name, n]),
  ),
  fc.tuple(snapshot, part).map(
    ([name, n]): Act =>
      (t) =>
        t.objectStore('segments').delete([name, n]),
  ),
  fc.tuple(snapshot, part).map(
    ([name, n]): Act =>
      (t) =>
        t.objectStore('segments').get([name, n]),
  ),
  snapshot.map(
    (name): Act =>
      (t) =>
        t.objectStore('segments').getAll(keysBetween([name], [name, []])),
  ),
  fc.constant<Act>((t) => t.objectStore('segments').getAllKeys()),
  fc.constant<Act>((t) => t.objectStore('segments').clear()),
  fc.tuple(pile, part, snapshot).map(
    ([name, place, editId]): Act =>
      (t) =>
        t.objectStore('undo').put({ pile: name, place, editId, label: 'Move', effect: [] }, [name, place]),
  ),
  pile.map(
    (name): Act =>
      async (t) =>
        (await t.objectStore('undo').openCursor(keysBetween([name], [name, []]), 'prev'))?.value,
  ),
  snapshot.map(
    (editId): Act =>
      (t) =>
        t.objectStore('undo').index('editId').get(editId),
  ),
  pile.map(
    (name): Act =>
      (t) =>
        t.objectStore('undo').delete(keysBetween([name], [name, []])),
  ),
);

const acts = fc.array(act, { maxLength: 6 });

test('does what IndexedDB does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(acts, fc.boolean()), { maxLength: 6 }), async (transactions) => {
      freshDisk();
      const onDisk = await openReplicaDatabase(NAME, {});
      const answers = (database: ReplicaDatabase) =>
        Promise.all(
          transactions.map(([acts, isAtOnce]) =>
            write(database, WHAT, async (transaction) => {
              const found: unknown[] = [];
              if (isAtOnce) found.push(...(await Promise.all(acts.map((one) => one(transaction)))));
              else for (const one of acts) found.push(await one(transaction));
              // A write answers its key in the one and nothing in the other; nobody asks.
              return found.filter((answer) => answer !== undefined && !isKey(answer));
            }),
          ),
        );
      expect(await answers(openMemoryDatabase())).toEqual(await answers(onDisk));
      onDisk.close();
    }),
    { numRuns: 150 },
  );
});

/** `put` answers the key. */
function isKey(answer: unknown): boolean {
  return Array.isArray(answer) && answer.length === 2 && typeof answer[0] === 'string' && typeof answer[1] === 'number';
}

test('a transaction that fails leaves nothing, and those behind it run', async () => {
  const database = openMemoryDatabase();
  const failing = write(database, WHAT, async (transaction) => {
    await transaction.objectStore('segments').put('half', ['a', 0]);
    throw new Error('half way');
  });
  const after = read(database, ['segments'], (transaction) => transaction.objectStore('segments').getAll());
  await expect(failing).rejects.toThrow('half way');
  expect(await after).toEqual([]);
});

test('a key that is taken is said as IndexedDB says it', async () => {
  const database = openMemoryDatabase();
  const add = () =>
    write(database, { what: 'This', stores: ['queue'] }, (transaction) =>
      transaction
        .objectStore('queue')
        .add({ edit: { id: 'e', seq: 1, at: 0, label: 'Note', ops: [] }, sent: false }, 1),
    );
  await add();
  await expect(add()).rejects.toThrow('This could not be kept');
});
