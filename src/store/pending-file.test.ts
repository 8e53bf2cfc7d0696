import { openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { freshDisk, openFilledReplica } from '../testing/open-replica.ts';
import { SCHEDULE_ID } from '../testing/small-plan.ts';
import { readQueues } from './database.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { ChapterSchedule } from './rows.ts';

beforeEach(freshDisk);

const row = (replica: Replica) => replica.view().rows.chapter_schedules.get(SCHEDULE_ID) as ChapterSchedule;
const note = (replica: Replica, text: string) =>
  replica.edit(`Note ${text}`, [setFields('chapter_schedules', row(replica), { note: text })]);

/** What a device with two pending edits saved. */
async function saved(): Promise<{ readonly text: string; readonly ids: readonly string[] }> {
  const replica = await openFilledReplica();
  await note(replica, 'from another device');
  await replica.edit('Ready', [setFields('chapter_schedules', row(replica), { status: 'ready' })]);
  return { text: await replica.exportPending([]), ids: replica.queue.map(({ edit }) => edit.id) };
}

test('edits of a file wait behind what is queued, under their ids', async () => {
  const { text, ids } = await saved();
  freshDisk();
  const other = await openFilledReplica();
  await other.edit('Typed here', [setFields('chapter_schedules', row(other), { decision: 'go' })]);
  expect(await other.importPending(text)).toBe(2);
  expect(other.queue.map(({ edit }) => edit.seq)).toEqual([1, 2, 3]);
  expect(other.queue.slice(1).map(({ edit }) => edit.id)).toEqual(ids);
  expect(row(other).status).toBe('ready');
});

test('a file loaded twice, or where it was saved, adds nothing', async () => {
  const { text } = await saved();
  freshDisk();
  const other = await openFilledReplica();
  expect(await other.importPending(text)).toBe(2);
  expect(await other.importPending(text)).toBe(0);
  expect(other.queue).toHaveLength(2);
});

test.each<[string, (file: Record<string, unknown>) => unknown, string]>([
  ['of another plan', (file) => ({ ...file, plan: 'x' }), 'belong to another plan'],
  ['of another person', (file) => ({ ...file, user: 'planner-b' }), 'Somebody else typed'],
  ['of a newer version', (file) => ({ ...file, version: 2 }), 'A newer Macroplan'],
  ['of something else', () => ({ hello: 1 }), 'not a file of pending edits'],
  ['that holds no list', (file) => ({ ...file, pending: 'x' }), 'damaged'],
  [
    'with an edit without an id',
    ({ pending, ...file }) => ({ ...file, pending: [...(pending as object[]), { ops: [] }] }),
    'damaged',
  ],
  [
    'with an edit without ops',
    ({ pending, ...file }) => ({ ...file, pending: (pending as object[]).map((edit) => ({ ...edit, ops: [] })) }),
    'damaged',
  ],
])('a file %s is refused with a sentence, and nothing is loaded', async (_, change, sentence) => {
  const { text } = await saved();
  freshDisk();
  const other = await openFilledReplica();
  await expect(other.importPending(JSON.stringify(change(JSON.parse(text))))).rejects.toThrow(sentence);
  expect(other.queue).toEqual([]);
});

test('half a file is refused', async () => {
  const replica = await openFilledReplica();
  const { text } = await saved();
  await expect(replica.importPending(text.slice(0, 200))).rejects.toThrow('not a file of pending edits');
});

test('what waits here can be read where no replica is open', async () => {
  const { ids } = await saved();
  const [left, ...more] = await readQueues('http://localhost/base');
  expect(more).toEqual([]);
  expect(left?.pending.map(({ id }) => id)).toEqual(ids);
  expect(left?.user).toBe('planner-a');
});

test('a database that goes before it is read is not made anew, and an empty one hides no other', async () => {
  const { ids } = await saved();
  const nameOf = (plan: string) => `macroplan http://localhost/base planner-a ${plan}`;
  (await openDB(nameOf('empty'))).close();
  const databases = await indexedDB.databases();
  const listed = vi.spyOn(indexedDB, 'databases');
  listed.mockResolvedValue([{ name: nameOf('gone'), version: 5 }, ...databases]);
  const left = await readQueues('http://localhost/base');
  expect(left.map(({ pending }) => pending.map(({ id }) => id))).toEqual([ids]);
  listed.mockRestore();
  expect(await indexedDB.databases()).toEqual(databases);
});
