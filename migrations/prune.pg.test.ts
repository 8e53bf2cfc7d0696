import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { addPhase, createPlan, edit, readDelta, sync, write } from './test-plan.ts';

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

const tidy = async (): Promise<string | null> => (await database.host.query('select api.tidy() as plan')).rows[0].plan;

const makeDue = (plan: string) =>
  database.admin.query(`update macroplan.plan_heads set tidied_at = now() - interval '2 days' where plan_id = $1`, [
    plan,
  ]);

test('a plan is tidied once a day, whoever asks', async () => {
  const plan = await createPlan(database.host, 'DAILY');
  const team = randomUUID();
  await write(database, plan, [['teams', team, { code: 'T', name: 'T' }]]);
  await write(database, plan, [['teams', team, null]]);
  // As the superuser, who may also turn off the log's own guard: time passes for the log.
  await database.admin.query('alter table macroplan.event_log disable trigger user');
  await database.admin.query(`update macroplan.event_log set at = at - interval '91 days' where plan_id = $1`, [plan]);
  await database.admin.query('alter table macroplan.event_log enable trigger user');
  expect(await tidy()).toBeNull();
  await makeDue(plan);
  expect(await tidy()).toBe(plan);
  expect(await tidy()).toBeNull();
  const { rows } = await database.admin.query('select from macroplan.teams where plan_id = $1', [plan]);
  expect(rows).toEqual([]);
});

test('receipts of a device that is gone are forgotten, except those of edits that had an effect', async () => {
  const plan = await createPlan(database.host, 'GONE');
  const [gone, here] = [randomUUID(), randomUUID()];
  const request = (client: string) => {
    const phase = randomUUID();
    const edits = [
      edit(1, [addPhase(phase, client.slice(0, 8))]),
      edit(2, [addPhase(randomUUID(), client.slice(0, 8))]),
    ];
    return { plan, client, edits };
  };
  const [theirs, ours] = [request(gone), request(here)];
  await sync(database.host, theirs);
  await sync(database.host, ours);
  await database.admin.query(
    `update macroplan.clients set seen_at = now() - interval '181 days' where client_id = $1`,
    [gone],
  );
  await makeDue(plan);
  expect(await tidy()).toBe(plan);
  const { rows } = await database.admin.query(
    'select edit_id, outcome from macroplan.receipts where plan_id = $1 order by at, seq',
    [plan],
  );
  expect(rows).toEqual([
    { edit_id: theirs.edits[0]?.id, outcome: 'applied' },
    { edit_id: ours.edits[0]?.id, outcome: 'applied' },
    { edit_id: ours.edits[1]?.id, outcome: 'refused' },
  ]);
});

test('what mails told is forgotten once it is old, also where nobody sends mails, but not what still waits to be sent', async () => {
  const plan = await createPlan(database.host, 'POST');
  await database.admin.query(
    `insert into macroplan.mail_notices (plan_id, key, event, mode, rev, at, actor, actor_name, facts, gathered_at)
     select $1, gen_random_uuid(), event, 'on', 1, now() - at, '', '', '{}', now() - gathered
     from (values
       ('told long ago', interval '31 days', interval '31 days'), ('told', '31 days', '29 days'),
       ('waits for nobody', '31 days', null), ('waits', '29 days', null)
     ) as notice (event, at, gathered)`,
    [plan],
  );
  await database.admin.query(
    `insert into macroplan.mail_outbox (plan_id, dedupe_key, recipient, subject, body, state, due_at, sent_at)
     select $1, key, 'a@example.com', '', '{}', state, now() - interval '91 days', now() - sent
     from (values
       ('sent long ago', 'sent', interval '91 days'), ('sent', 'sent', '89 days'), ('due', 'due', null), ('given up', 'parked', null)
     ) as mail (key, state, sent)`,
    [plan],
  );
  await makeDue(plan);
  expect(await tidy()).toBe(plan);
  const left = async (column: string, table: string) =>
    (await database.admin.query(`select ${column} as what from macroplan.${table} where plan_id = $1`, [plan])).rows
      .map(({ what }) => what)
      .sort();
  expect(await left('event', 'mail_notices')).toEqual(['told', 'waits']);
  expect(await left('dedupe_key', 'mail_outbox')).toEqual(['due', 'given up', 'sent']);
});

test('two who tidy at once take different plans', async () => {
  const plans = [await createPlan(database.host, 'TIDY1'), await createPlan(database.host, 'TIDY2')];
  for (const plan of plans) await makeDue(plan);
  const [first, second] = await Promise.all([database.host.connect(), database.host.connect()]);
  const tidied: (string | null)[] = [];
  for (const session of [first, second]) {
    await session.query('begin');
    tidied.push((await session.query('select api.tidy() as plan')).rows[0].plan);
  }
  for (const session of [first, second]) {
    await session.query('commit');
    session.release();
  }
  expect(tidied.sort()).toEqual(plans.sort());
});
