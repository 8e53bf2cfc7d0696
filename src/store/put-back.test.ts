import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB, unwrap } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { PLAN_ID, SCHEDULE_ID } from '../testing/small-plan.ts';
import { databaseName } from './database.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { ChapterSchedule } from './rows.ts';

beforeEach(freshDisk);

const NAME = databaseName({ site: 'http://localhost/base', userKey: 'planner-a', planId: PLAN_ID });
const row = (replica: Replica) => replica.view().rows.chapter_schedules.get(SCHEDULE_ID) as ChapterSchedule;
const note = (replica: Replica, text: string) =>
  replica.edit(`Note ${text}`, [setFields('chapter_schedules', row(replica), { note: text })]);

/** As a browser does it that clears site data under open pages. */
async function clearedUnder(...replicas: readonly Replica[]): Promise<void> {
  freshDisk();
  for (const { database } of replicas) {
    forceCloseDatabase(unwrap(database) as never);
  }
  for (const replica of replicas) await replica.refresh();
}

test('what was typed is kept again after the browser cleared the data under the open page', async () => {
  const replica = await openFilledReplica();
  await note(replica, 'typed before');
  const [id] = replica.queue.map(({ edit }) => edit.id);
  await clearedUnder(replica);
  expect(row(replica).note).toBe('typed before');
  await replica.edit('Go', [setFields('chapter_schedules', row(replica), { decision: 'go' })]);
  const reopened = await openReplica();
  expect(reopened.queue.map(({ edit }) => [edit.id, edit.seq]).at(0)).toEqual([id, 1]);
  expect(row(reopened)).toMatchObject({ note: 'typed before', decision: 'go' });
  expect(reopened.cursor).toBe('e.1');
});

test('two tabs under which the data was cleared keep each edit once', async () => {
  const first = await openFilledReplica();
  const second = await openReplica();
  await note(first, 'typed before');
  await second.refresh();
  await clearedUnder(first, second);
  expect((await openReplica()).queue).toHaveLength(1);
  expect(second.clientId).toBe(first.clientId);
});

test('a base that cannot be read is given up and the queue stays', async () => {
  const replica = await openFilledReplica();
  await note(replica, 'typed before');
  await replica.database.put('segments', '{"rows":{"phases":', ['first', 0]);
  replica.database.close();
  const reopened = await openReplica();
  expect(reopened.cursor).toBe('');
  expect(reopened.queue.map(({ edit }) => edit.label)).toEqual(['Note typed before']);
});

test('a database of a newer page is left alone, and the person is told to reload', async () => {
  const replica = await openFilledReplica();
  await note(replica, 'typed before');
  replica.database.close();
  (await openDB(NAME, 99)).close();
  await expect(openReplica()).rejects.toThrow('A newer Macroplan keeps data in this browser. Reload');
  const newer = await openDB(NAME);
  expect(await newer.count('queue')).toBe(1);
});

test('a database that somebody made empty gets its stores, and keeps what is typed', async () => {
  (await openDB(NAME)).close();
  const replica = await openFilledReplica();
  await note(replica, 'typed');
  replica.database.close();
  expect((await openReplica()).queue.map(({ edit }) => edit.label)).toEqual(['Note typed']);
});

test('a page that cannot have its data back yet says so, and goes on once it can', async () => {
  const replica = await openFilledReplica();
  await note(replica, 'typed before');
  const lost = unwrap(replica.database);
  freshDisk();
  const deaf = await openDB(NAME);
  forceCloseDatabase(lost as never);
  await vi.waitFor(() => expect(replica.syncState().condition).toBe('storage'));
  deaf.close();
  await vi.waitFor(() => expect(replica.syncState().condition).toBe('starting'));
  expect((await openReplica()).queue.map(({ edit }) => edit.label)).toEqual(['Note typed before']);
});
