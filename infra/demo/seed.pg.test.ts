import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { demoEdits } from './demo-plan.ts';
import { seedDemo } from './seed.ts';

const NOW = Date.UTC(2026, 10, 24, 13, 30);
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

async function seed(now: number) {
  const client = await database.host.connect();
  return await seedDemo(client, demoEdits({ seed: 1, now })).finally(() => client.release());
}

async function count(table: string): Promise<number> {
  const { rows } = await database.admin.query(`select count(*)::int as n from macroplan.${table} where not removed`);
  return rows[0].n;
}

test('the demo plan is made once, however often it is asked for', async () => {
  expect(await seed(NOW)).toBe('seeded');
  expect([await count('plans'), await count('chapters'), await count('chapter_schedules')]).toEqual([1, 53, 371]);
  const { rows: before } = await database.admin.query('select rev from macroplan.plan_heads');
  expect(await seed(NOW + 86_400_000)).toBe('there');
  expect((await database.admin.query('select rev from macroplan.plan_heads')).rows).toEqual(before);
});

test('a demo plan has a mail to show: its last edit, which begins a night, is told two minutes later', async () => {
  const { rows: none } = await database.host.query(`select api.claim_mail(300, 'http://localhost/app') as mail`);
  expect(none).toEqual([{ mail: null }]);
  await database.admin.query(`update macroplan.mail_notices set at = at - interval '3 minutes'`);
  const mails: { to: string; subject: string }[] = [];
  for (;;) {
    const { rows } = await database.host.query(`select api.claim_mail(300, 'http://localhost/app') as mail`);
    if (rows[0].mail === null) break;
    mails.push(JSON.parse(rows[0].mail));
  }
  // A full hour may come meanwhile.
  const digests = mails.filter(({ subject }) => !subject.includes('status of'));
  expect(digests.map(({ to, subject }) => `${to}: ${subject}`).sort()).toEqual([
    'cutover-team@example.org: [REHEARSAL RUN3] DEMO: 1 iteration opened or closed',
    'steering-committee@example.org: [REHEARSAL RUN3] DEMO: 1 iteration opened or closed',
  ]);
});

test('a demo plan that shut its maker out is left alone', async () => {
  const { plan } = demoEdits({ seed: 1, now: NOW });
  const lead = { user_key: 'lead', display_name: 'Lead', groups: [], is_admin: false };
  const { rows } = await database.admin.query(`select id from macroplan.plan_members where principal = 'user:admin'`);
  const ops = [{ op: 'remove', table: 'plan_members', id: rows[0].id, base: {} }];
  const edit = { id: '00000000-0000-4000-8000-000000000001', seq: 1, at: NOW, label: 'Remove Admin', ops };
  const body = { cursor: null, client: '00000000-0000-4000-8000-000000000002', edits: [edit] };
  const reply = await database.host.query('select api.sync($1, $2, $3) as reply', [
    lead,
    plan.id,
    JSON.stringify(body),
  ]);
  expect(JSON.parse(reply.rows[0].reply).receipts[0].outcome).toBe('applied');
  expect(await seed(NOW)).toBe('there');
  expect(await count('plan_members')).toBe(4);
});

test('a demo plan that cannot be made whole is not made at all', async () => {
  const other = await createDatabase();
  const made = demoEdits({ seed: 1, now: NOW });
  const last = made.edits.at(-1);
  const broken = {
    ...last,
    ops: [{ op: 'set', table: 'iterations', id: made.plan.id, base: {}, set: { state: 'x' } }],
  };
  const client = await other.host.connect();
  const edits = [...made.edits.slice(0, -1), broken] as typeof made.edits;
  await expect(seedDemo(client, { ...made, edits })).rejects.toThrow('The demo plan could not be made: Close RUN0');
  client.release();
  expect((await other.admin.query('select from macroplan.plans')).rowCount).toBe(0);
  await other.drop();
});
