import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { addPhase, createPlan, edit, readDelta, sync } from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

/** Runs work with two sessions of the superuser, both in a transaction, and gives them back clean. */
async function withTwoSessions(work: (a: pg.PoolClient, b: pg.PoolClient) => Promise<void>): Promise<void> {
  const [a, b] = await Promise.all([database.admin.connect(), database.admin.connect()]);
  try {
    await Promise.all([a.query('begin'), b.query('begin')]);
    await work(a, b);
  } finally {
    await Promise.all([a.query('rollback'), b.query('rollback')]);
    a.release();
    b.release();
  }
}

const beginEdit = (session: pg.ClientBase, plan: string) =>
  session.query(`select macroplan.begin_edit($1, 'script', 'Script', null, null, null, 'Script')`, [plan]);

const addTeam = (session: pg.ClientBase, plan: string, code: string) =>
  session.query('select macroplan.write_row($1, $2, gen_random_uuid(), $3)', [
    plan,
    'teams',
    JSON.stringify({ code, name: code }),
  ]);

/** Resolves true where a promise has not settled within a while that is long for a database on this machine. */
const isWaiting = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => false), new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 300))]);

test('a cursor never passes a rev that commits later', async () => {
  const plan = await createPlan(database.host, 'ORDER');
  await withTwoSessions(async (slow, quick) => {
    await beginEdit(slow, plan);
    await addTeam(slow, plan, 'SLOW');
    const quickLock = beginEdit(quick, plan);
    expect(await isWaiting(quickLock)).toBe(true);
    const meanwhile = await readDelta(database.host, plan, null);
    expect(meanwhile.rev).toBe(1);
    await slow.query('commit');
    await quickLock;
    await addTeam(quick, plan, 'QUICK');
    await quick.query('commit');
    const { rows } = await readDelta(database.host, plan, meanwhile.cursor);
    expect(rows.teams?.rows.map((cells) => cells.slice(1, 3))).toEqual([
      [2, 'SLOW'],
      [3, 'QUICK'],
    ]);
  });
});

test('a cursor made of a sequence loses the row that commits late', async () => {
  await database.admin.query('create table naive (id bigint generated always as identity, name text)');
  await withTwoSessions(async (slow, quick) => {
    await slow.query(`insert into naive (name) values ('SLOW')`);
    await quick.query(`insert into naive (name) values ('QUICK')`);
    await quick.query('commit');
    const first = await database.admin.query('select max(id) as cursor from naive');
    await slow.query('commit');
    const next = await database.admin.query('select name from naive where id > $1', [first.rows[0].cursor]);
    expect(next.rows).toEqual([]);
    expect((await database.admin.query('select from naive')).rowCount).toBe(2);
  });
});

test('many writers at once leave no gap and lose no edit', async () => {
  const plan = await createPlan(database.host, 'MANY');
  const writers = Array.from({ length: 6 }, async (_, w) => {
    const client = randomUUID();
    const revs: (number | null)[] = [];
    for (let seq = 1; seq <= 10; seq += 1) {
      const reply = await sync(database.host, {
        plan,
        client,
        edits: [edit(seq, [addPhase(randomUUID(), `P${w}-${seq}`)])],
      });
      revs.push(reply.receipts[0]?.rev ?? null);
    }
    return revs;
  });
  const revs = (await Promise.all(writers)).flat().sort((a, b) => Number(a) - Number(b));
  expect(revs).toEqual(Array.from({ length: 60 }, (_, i) => i + 2));
});

test('a replica that polls while others write misses no row', async () => {
  const plan = await createPlan(database.host, 'POLL');
  const seen = new Set<number>();
  let { cursor } = await readDelta(database.host, plan, null);
  const poll = async () => {
    const delta = await readDelta(database.host, plan, cursor);
    for (const cells of delta.rows.phases?.rows ?? []) seen.add(Number(cells[1]));
    cursor = delta.cursor;
  };
  let isWriting = true;
  const writers = Promise.all(
    [1, 2, 3].map(async (w) => {
      const client = randomUUID();
      for (let seq = 1; seq <= 20; seq += 1) {
        await sync(database.host, { plan, client, edits: [edit(seq, [addPhase(randomUUID(), `P${w}-${seq}`)])] });
      }
    }),
  ).finally(() => {
    isWriting = false;
  });
  while (isWriting) await poll();
  await writers;
  await poll();
  expect([...seen]).toEqual(Array.from({ length: 60 }, (_, i) => i + 2));
});

test('one edit that is sent twice at once takes effect once', async () => {
  const plan = await createPlan(database.host, 'TWICE');
  const sent = edit(1, [addPhase(randomUUID(), 'P')]);
  const replies = await Promise.all([1, 2, 3].map(() => sync(database.host, { plan, edits: [sent] })));
  expect(replies.map((reply) => reply.receipts[0]?.dup).sort()).toEqual([false, true, true]);
  expect(new Set(replies.map((reply) => reply.rev))).toEqual(new Set([2]));
});

test('a writer that waits longer than two seconds for the plan gives up and nothing happened', async () => {
  const plan = await createPlan(database.host, 'BUSY');
  await withTwoSessions(async (holder) => {
    await beginEdit(holder, plan);
    const sent = sync(database.host, { plan, edits: [edit(1, [addPhase(randomUUID(), 'P')])] });
    await expect(sent).rejects.toMatchObject({ code: '55P03' });
    const poll = await sync(database.host, { plan, edits: [] });
    expect(poll).toMatchObject({ rev: 1, last_seq: 0 });
  });
});

test('rows change only under the lock of their plan', async () => {
  const plan = await createPlan(database.host, 'LOCK');
  const other = await createPlan(database.host, 'OTHER');
  const change = `update macroplan.plans set name = 'changed' where plan_id = $1`;
  await expect(database.admin.query(change, [plan])).rejects.toThrow('macroplan.begin_edit');
  await withTwoSessions(async (session) => {
    await beginEdit(session, other);
    await expect(session.query(change, [plan])).rejects.toThrow('macroplan.begin_edit');
  });
  await withTwoSessions(async (session) => {
    await beginEdit(session, plan);
    await session.query('commit');
    await session.query('begin');
    await expect(session.query(change, [plan])).rejects.toThrow('macroplan.begin_edit');
  });
});

test('rows of a plan are never deleted or truncated, not even under its lock', async () => {
  const plan = await createPlan(database.host, 'KEEP');
  for (const statement of ['delete from macroplan.plans', 'truncate macroplan.plans cascade']) {
    await withTwoSessions(async (session) => {
      await beginEdit(session, plan);
      await expect(session.query(statement)).rejects.toThrow('never deleted');
    });
  }
});

test('the writes of one edit share one rev, and an edit that is rolled back takes none', async () => {
  const plan = await createPlan(database.host, 'SHARE');
  await withTwoSessions(async (session) => {
    await beginEdit(session, plan);
    await session.query('savepoint edit');
    await addTeam(session, plan, 'A');
    await addTeam(session, plan, 'B');
    const revOf = async () => (await session.query('select macroplan.edit_rev($1)::int as rev', [plan])).rows[0].rev;
    expect(await revOf()).toBe(2);
    await session.query('rollback to edit');
    expect(await revOf()).toBeNull();
    await addTeam(session, plan, 'C');
    expect(await revOf()).toBe(2);
    await session.query('commit');
  });
  expect(await readDelta(database.host, plan, null)).toMatchObject({ rev: 2, row_count: 3 });
});
