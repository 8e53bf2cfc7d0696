import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { createPlan, readDelta, write } from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const prune = async (plan: string, age: string) =>
  (await database.admin.query('select macroplan.prune($1, $2)::int as n', [plan, age])).rows[0].n;

test('only tombstones go, and the plan takes no rev and no event for it', async () => {
  const plan = await createPlan(database.host, 'PRUNE');
  const [phase, chapter, team] = [randomUUID(), randomUUID(), randomUUID()];
  await write(database, plan, [
    ['phases', phase, { code: 'P', name: 'P' }],
    ['chapters', chapter, { code: 'C', title: 'C', phase_id: phase }],
    ['teams', team, { code: 'T', name: 'T' }],
  ]);
  await write(database, plan, [['chapters', chapter, null]]);
  await write(database, plan, [['phases', phase, null]]);
  const before = await readDelta(database.host, plan, null);
  expect(await prune(plan, '0 seconds')).toBe(2);
  const after = await readDelta(database.host, plan, before.cursor);
  expect({ ...after, now: 0, reset: null }).toEqual({ ...before, now: 0, reset: null });
  expect(after.reset).toBeNull();
  const { rows } = await database.admin.query(
    'select (select count(*)::int from macroplan.chapters) as chapters, (select count(*)::int from macroplan.teams) as teams',
  );
  expect(rows[0]).toEqual({ chapters: 0, teams: 1 });
});

test('young tombstones stay, and so does every cursor that needs them', async () => {
  const plan = await createPlan(database.host, 'YOUNG');
  const team = randomUUID();
  await write(database, plan, [['teams', team, { code: 'T', name: 'T' }]]);
  const { cursor } = await readDelta(database.host, plan, null);
  await write(database, plan, [['teams', team, null]]);
  expect(await prune(plan, '90 days')).toBe(0);
  expect((await readDelta(database.host, plan, cursor)).rows.teams?.removed).toEqual([[team, 3]]);
});

test('a pruned row can come back', async () => {
  const plan = await createPlan(database.host, 'BACK');
  const team = randomUUID();
  await write(database, plan, [['teams', team, { code: 'T', name: 'T' }]]);
  await write(database, plan, [['teams', team, null]]);
  expect(await prune(plan, '0 seconds')).toBe(1);
  expect(await write(database, plan, [['teams', team, { code: 'T', name: 'T' }]])).toBe(4);
});
