import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mail } from '../infra/host/mailer.ts';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { ADMIN, ask, askJson, createScheduledPlan, edit, sync, who, write } from './test-plan.ts';

let database: TestDatabase;
let plan: string;
let iteration: string;
let seq = 0;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  await database.admin.query('delete from macroplan.mail_outbox');
  ({ plan, iteration } = await createScheduledPlan(database, { code: `MAIL${++seq}`, title: 'Stop feeds' }));
});

afterAll(() => database.drop());

const send = async (to: readonly string[], note = '') => {
  const client = randomUUID();
  const { receipts } = await sync(database.host, {
    plan,
    client,
    edits: [edit(1, [{ op: 'send', iteration_id: iteration, to, note }])],
  });
  expect(receipts[0]).toMatchObject({ refusal: null });
};
const claim = () => askJson<Mail | null>(database.host, 'claim_mail', [300, 'https://c.example.com/app']);
const settle = (mail: Mail | null, error: string | null) =>
  ask(database.host, 'settle_mail', [mail?.plan, mail?.id, mail?.attempt, error]);
/** As if all the time that anybody waits for had passed. */
const later = () => database.admin.query(`update macroplan.mail_outbox set due_at = now(), leased_until = now()`);

test('a mail shows the macro-plan after the note of who sent it, as text', async () => {
  await send(['cutover@example.com'], 'Please <b>check</b> \\1\nthe start');
  const mail = await claim();
  expect(mail).toMatchObject({
    plan,
    attempt: 1,
    to: 'cutover@example.com',
    subject: '[REHEARSAL DR1] Macro-plan of DR1',
  });
  expect(mail?.html).toContain('Stop feeds');
  expect(mail?.html).toMatch(/<body[^>]*><p>Please &lt;b&gt;check&lt;\/b&gt; \\1<br>the start<\/p>/);
  expect(mail?.html).toContain(`href="https://c.example.com/app?macroplan-plan=${plan}"`);
  expect(mail?.html).toContain('by Name of admin');
  expect(mail?.message_id).toMatch(/^<[0-9a-f.-]+@macroplan\.invalid>$/);
});

const mailsOf = async () =>
  (
    await askJson<{ mails: { to: string; state: string; error: string | null }[] }>(database.host, 'mails', [
      ADMIN,
      plan,
    ])
  ).mails;
const list = (...add: object[]) =>
  ask(database.host, 'change_recipients', [
    ADMIN,
    plan,
    JSON.stringify({ add: add.map((one) => ({ id: randomUUID(), audience: 'address', ...one })) }),
  ]);

test('a mail of a rehearsal says so in its subject, and one of the cutover does not', async () => {
  await send(['cutover@example.com']);
  expect((await claim())?.subject).toBe('[REHEARSAL DR1] Macro-plan of DR1');
  await write(database, plan, [['iterations', iteration, { kind: 'CUTOVER' }]]);
  await send(['cutover@example.com']);
  expect((await claim())?.subject).toBe('Macro-plan of DR1');
});

test('on trial a plan that is sent reaches the addresses for trials and nobody else', async () => {
  await write(database, plan, [['iterations', iteration, { kind: 'CUTOVER', mail_mode: 'test' }]]);
  await list({ event: 'sent', email: 'bank@example.com' });
  await send(['bank@example.com', 'teller@example.com']);
  expect(await claim()).toBeNull();
  const why = 'Mail of this iteration is on trial, and this plan has no address for trials.';
  expect((await mailsOf()).map(({ to, state, error }) => [to, state, error]).sort()).toEqual([
    ['bank@example.com', 'parked', why],
    ['teller@example.com', 'parked', why],
  ]);
  await list({ event: 'test', email: 'lead@example.com' });
  await send(['bank@example.com']);
  expect(await claim()).toMatchObject({ to: 'lead@example.com', subject: '[REHEARSAL DR1] Macro-plan of DR1' });
  expect(await claim()).toBeNull();
});

test('whoever is listed for it gets the plan that a lead sends, once, with those whom the lead named', async () => {
  await list({ event: 'sent', email: 'board@example.com' }, { event: 'sent', email: 'a@example.com' });
  await send(['A@example.com']);
  const given = [await claim(), await claim(), await claim()];
  expect(given.map((mail) => mail?.to)).toEqual(
    expect.arrayContaining(['A@example.com', 'board@example.com', undefined]),
  );
});

test('what one job was given no other gets, and what was sent nobody gets again', async () => {
  await send(['a@example.com', 'b@example.com']);
  const given = await Promise.all([claim(), claim(), claim(), claim()]);
  expect(given.map((mail) => mail?.to ?? null).sort()).toEqual(['a@example.com', 'b@example.com', null, null].sort());
  for (const mail of given) if (mail) expect(await settle(mail, null)).toBe('sent');
  await later();
  expect(await claim()).toBeNull();
});

test('a mail whose job died goes to another when the lease ends, under the same message id', async () => {
  await send(['a@example.com']);
  const first = await claim();
  await later();
  const second = await claim();
  expect(second).toMatchObject({ id: first?.id, attempt: 2, message_id: first?.message_id });
});

test('who took too long may still say that it was sent, and not that it failed', async () => {
  await send(['a@example.com']);
  const first = await claim();
  await later();
  const second = await claim();
  expect(await settle(first, 'too late')).toBe('due');
  const { rows } = await database.admin.query('select leased_until > now() as leased from macroplan.mail_outbox');
  expect(rows).toEqual([{ leased: true }]);
  expect(await settle(first, null)).toBe('sent');
  expect(await settle(second, 'refused')).toBe('sent');
});

test('a mail that fails waits longer each time and is parked after the eighth', async () => {
  await send(['bad@example.com']);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const state = await settle(await claim(), '550 no such user');
    expect(state).toBe(attempt < 8 ? 'due' : 'parked');
    const { rows } = await database.admin.query(
      'select round(extract(epoch from due_at - now()) / 60)::int as minutes from macroplan.mail_outbox',
    );
    waits.push(rows[0].minutes);
    expect(await claim()).toBeNull();
    await later();
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
  expect(await claim()).toBeNull();
});

test('a mail that ends every job that takes it is parked, and those behind it go out', async () => {
  await send(['poison@example.com']);
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    expect((await claim())?.attempt).toBe(attempt);
    await later();
  }
  await send(['good@example.com']);
  expect((await claim())?.to).toBe('good@example.com');
  const { mails } = await askJson<{ mails: object[] }>(database.host, 'mails', [ADMIN, plan]);
  expect(mails[0]).toMatchObject({ to: 'poison@example.com', state: 'parked', error: expect.stringMatching(/ended/) });
});

test('a mail whose iteration is gone is parked with the reason', async () => {
  await send(['a@example.com']);
  await database.admin.query(`update macroplan.mail_outbox set body = body || '{"iteration_id": "${randomUUID()}"}'`);
  expect(await claim()).toBeNull();
  const { mails } = await askJson<{ mails: object[] }>(database.host, 'mails', [ADMIN, plan]);
  expect(mails).toMatchObject([{ state: 'parked', error: 'What this mail would show is gone from the plan.' }]);
});

test('a plan that only a group leads has its mails too', async () => {
  const { rows } = await database.admin.query('select id from macroplan.plan_members where plan_id = $1', [plan]);
  await write(database, plan, [
    ['plan_members', randomUUID(), { principal: 'group:cutover-leads', role: 'lead' }],
    ...rows.map(({ id }) => ['plan_members', String(id), { role: 'viewer' }] as const),
  ]);
  await database.admin.query(
    `insert into macroplan.mail_outbox (plan_id, dedupe_key, recipient, subject, body)
     values ($1, 'x', 'a@example.com', 'S', $2)`,
    [plan, { iteration_id: iteration }],
  );
  expect((await claim())?.html).toContain('Stop feeds');
});

test('no character of a text begins another header', async () => {
  const hostile = 'a\r\nBcc: all@example.com\u0085b\u2028c\u2029d\u0007e';
  const { rows } = await database.admin.query('select macroplan.one_line($1) as line', [hostile]);
  expect(rows).toEqual([{ line: 'a Bcc: all@example.com b c d e' }]);
});

test('only leads see what became of the mails', async () => {
  await write(database, plan, [['plan_members', randomUUID(), { principal: 'user:planner', role: 'planner' }]]);
  await expect(ask(database.host, 'mails', [who('planner'), plan])).rejects.toMatchObject({ code: 'MP403' });
  await expect(ask(database.host, 'mails', [who('nobody'), plan])).rejects.toMatchObject({ code: 'MP404' });
});

test('a piece of paper shows the iteration that is asked for, or else the live one, as a fragment', async () => {
  const other = randomUUID();
  const window = { window_start: 40_000_000, window_end: 40_000_600 };
  await write(database, plan, [['iterations', other, { code: 'CUT', name: 'Far away', kind: 'CUTOVER', ...window }]]);
  const paper = (code: string | null) => ask(database.host, 'paper', [ADMIN, plan, code, 'https://c.example.com/app']);
  expect(await paper('CUT')).toContain('Far away');
  expect(await paper('DR1')).toMatch(/^<h1(?!.*<\/?(html|head|body|script)).*Stop feeds.*<\/table>$/s);
  await write(database, plan, [['iterations', other, { state: 'live' }]]);
  expect(await paper(null)).toContain('Far away');
  await expect(paper('NONE')).rejects.toMatchObject({ code: 'MP404' });
});

test('the health counts what waits, what waits too long and what was given up', async () => {
  await send(['a@example.com', 'b@example.com', 'c@example.com']);
  await database.admin.query(
    `update macroplan.mail_outbox set due_at = now() - interval '11 minutes' where recipient like 'a%'`,
  );
  await database.admin.query(`update macroplan.mail_outbox set state = 'parked' where recipient like 'b%'`);
  expect(await askJson(database.host, 'mail_health', [])).toEqual({
    due: 2,
    overdue: 1,
    parked: 1,
    oldest_s: expect.any(Number),
  });
});
