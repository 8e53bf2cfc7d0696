import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import {
  ADMIN,
  addPhase,
  ask,
  CLIENT,
  createPlan,
  edit,
  readDelta,
  type SentEdit,
  sync,
  who,
  write,
} from './test-plan.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const countEvents = async (plan: string): Promise<number> =>
  (await database.admin.query('select count(*)::int as n from macroplan.event_log where plan_id = $1', [plan])).rows[0]
    .n;

test('one round trip brings the receipt and the rows that the edit made', async () => {
  const plan = await createPlan(database.host, 'ROUND');
  const { cursor } = await readDelta(database.host, plan, null);
  const id = randomUUID();
  const sent = edit(1, [addPhase(id, 'P')]);
  const reply = await sync(database.host, { plan, cursor, edits: [sent] });
  expect(reply.receipts).toEqual([
    { edit: sent.id, seq: 1, outcome: 'applied', rev: 2, dup: false, merged: [], conflict: null, refusal: null },
  ]);
  expect(reply).toMatchObject({ last_seq: 1, rev: 2, reset: null });
  expect(reply.rows.phases?.rows).toEqual([[id, 2, 'P', 'Phase P', 0]]);
});

test('a known edit answers its stored receipt, byte for byte but for dup, and changes nothing', async () => {
  const plan = await createPlan(database.host, 'DUP');
  const edits = [edit(1, [addPhase(randomUUID(), 'P')]), edit(2, [addPhase(randomUUID(), 'P')])];
  const request = JSON.stringify({ cursor: null, client: CLIENT, edits });
  const receiptsOf = (text: string | null) => /"receipts":(\[.*\]),"cursor"/.exec(text ?? '')?.[1] ?? 'none';
  const first = receiptsOf(await ask(database.host, 'sync', [ADMIN, plan, request]));
  const events = await countEvents(plan);
  const second = receiptsOf(await ask(database.host, 'sync', [ADMIN, plan, request]));
  expect(first).toContain('duplicate_code');
  expect(second).toBe(first.replaceAll('"dup":false', '"dup":true'));
  expect(await countEvents(plan)).toBe(events);
});

test('a refused edit leaves the others of its request alone', async () => {
  const plan = await createPlan(database.host, 'BATCH');
  const broken = { ...edit(2, []), ops: 'none' };
  const nameless = { ...edit(4, []), label: '' };
  const fromTheFuture = { ...edit(5, []), v: 2 };
  const edits = [
    edit(1, [addPhase(randomUUID(), 'A')]),
    broken,
    edit(3, [addPhase(randomUUID(), 'B')]),
    nameless,
    fromTheFuture,
  ];
  const body = JSON.stringify({ cursor: null, client: CLIENT, edits });
  const { receipts } = JSON.parse((await ask(database.host, 'sync', [ADMIN, plan, body])) ?? '');
  expect(
    receipts.map((r: { outcome: string; refusal: { code: string } | null }) => r.refusal?.code ?? r.outcome),
  ).toEqual(['applied', 'bad_value', 'applied', 'bad_value', 'too_old']);
});

test('an edit refused because its row was not known is tried again when it comes again, and takes effect once', async () => {
  const plan = await createPlan(database.host, 'LATER');
  const id = randomUUID();
  const sent = edit(1, [{ op: 'set', table: 'phases', id, base: { name: 'Phase P' }, set: { name: 'Better' } }]);
  const outcome = async (again: SentEdit) =>
    (await sync(database.host, { plan, edits: [again] })).receipts.map(({ outcome, dup, refusal }) => [
      outcome,
      dup,
      refusal?.code,
    ]);
  expect(await outcome(sent)).toEqual([['refused', false, 'unknown_row']]);
  expect(await outcome(sent)).toEqual([['refused', true, 'unknown_row']]);
  await sync(database.host, { plan, client: randomUUID(), edits: [edit(1, [addPhase(id, 'P')])] });
  expect(await outcome({ ...sent, seq: 2 })).toEqual([['applied', false, undefined]]);
  const events = await countEvents(plan);
  expect(await outcome({ ...sent, seq: 3 })).toEqual([['applied', true, undefined]]);
  expect(await countEvents(plan)).toBe(events);
});

test('a copied device is told that it forked, and none of its edits is applied', async () => {
  const plan = await createPlan(database.host, 'FORK');
  const known = edit(2, [addPhase(randomUUID(), 'A')]);
  await sync(database.host, { plan, edits: [edit(1, []), known] });
  const events = await countEvents(plan);
  const reply = await sync(database.host, { plan, edits: [edit(1, [addPhase(randomUUID(), 'B')]), edit(3, [])] });
  expect(reply).toMatchObject({ forked: true, last_seq: 2, receipts: [] });
  expect(await countEvents(plan)).toBe(events);
  const renumbered = { ...known, seq: 1 };
  const again = await sync(database.host, { plan, edits: [renumbered], client: randomUUID() });
  expect(again.receipts[0]).toMatchObject({ edit: known.id, dup: true, outcome: 'applied' });
});

test("somebody else's device id counts as forked", async () => {
  const plan = await createPlan(database.host, 'THEFT');
  await write(database, plan, [['plan_members', randomUUID(), { principal: 'user:kim', role: 'planner' }]]);
  await sync(database.host, { plan, edits: [edit(1, [])] });
  const reply = await sync(database.host, { plan, edits: [edit(2, [])], asker: who('kim') });
  expect(reply).toMatchObject({ forked: true, last_seq: 0, receipts: [] });
});

test("somebody else's edit id is refused and its receipt is not shown", async () => {
  const plan = await createPlan(database.host, 'REUSE');
  await write(database, plan, [['plan_members', randomUUID(), { principal: 'user:kim', role: 'planner' }]]);
  const theirs = edit(1, [addPhase(randomUUID(), 'A')]);
  await sync(database.host, { plan, edits: [theirs] });
  const reply = await sync(database.host, { plan, edits: [theirs], client: randomUUID(), asker: who('kim') });
  expect(reply.receipts[0]).toMatchObject({ outcome: 'refused', rev: null, refusal: { code: 'not_allowed' } });
  const mine = await sync(database.host, { plan, edits: [theirs] });
  expect(mine.receipts[0]).toMatchObject({ outcome: 'applied', dup: true });
});

test('a lead who takes the role from himself still hears about it', async () => {
  const plan = await createPlan(database.host, 'LEAVE');
  const { rows } = await database.admin.query('select id from macroplan.plan_members where plan_id = $1', [plan]);
  const leave = edit(1, [{ op: 'remove', table: 'plan_members', id: rows[0].id, base: {} }]);
  const other = edit(2, [addPhase(randomUUID(), 'P')]);
  await write(database, plan, [['plan_members', randomUUID(), { principal: 'user:kim', role: 'lead' }]]);
  const { receipts } = await sync(database.host, { plan, edits: [leave, other] });
  expect(receipts.map((receipt) => receipt.outcome)).toEqual(['applied', 'refused']);
  await expect(sync(database.host, { plan, edits: [] })).rejects.toMatchObject({ code: 'MP404' });
});

test('a constraint that the rules let through refuses one edit', async () => {
  const plan = await createPlan(database.host, 'NET');
  await database.admin.query(`alter table macroplan.teams add constraint no_team_is_evil check (name <> 'evil')`);
  const evil = edit(1, [
    { op: 'insert', table: 'teams', id: randomUUID(), row: { code: 'T', name: 'evil', email: null } },
  ]);
  const { receipts } = await sync(database.host, { plan, edits: [evil, edit(2, [addPhase(randomUUID(), 'P')])] });
  expect(receipts).toMatchObject([{ outcome: 'refused', refusal: { code: 'bad_value' } }, { outcome: 'applied' }]);
  await database.admin.query('alter table macroplan.teams drop constraint no_team_is_evil');
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const requestWith = (edits: unknown) => JSON.stringify({ client: CLIENT, edits });
const many = (count: number): SentEdit[] => Array.from({ length: count }, (_, i) => edit(i + 1, []));

test.each([
  ['text that is not JSON', 'MP400', '{"client":'],
  ['a list', 'MP400', '[]'],
  ['nothing', 'MP400', ''],
  ['the character U+0000', 'MP400', `{"client":"${CLIENT}","x":"\\u0000"}`],
  ['13 levels', 'MP400', nested(13)],
  ['100,000 levels', 'MP400', nested(100_000)],
  ['a number beyond 2^53', 'MP400', `{"client":"${CLIENT}","x":9007199254740993}`],
  ['a number with a million digits', 'MP400', `{"client":"${CLIENT}","x":1e999999}`],
  ['no client', 'MP400', '{"edits":[]}'],
  ['a client in capitals', 'MP400', `{"client":"${CLIENT.toUpperCase()}","edits":[]}`],
  ['a cursor that is a number', 'MP400', `{"client":"${CLIENT}","cursor":1}`],
  ['edits that are no list', 'MP400', requestWith({})],
  ['an edit that is no object', 'MP400', requestWith([null])],
  ['an edit without id', 'MP400', requestWith([{ ...edit(1, []), id: undefined }])],
  ['a seq of zero', 'MP400', requestWith([edit(0, [])])],
  ['a seq that is text', 'MP400', requestWith([{ ...edit(1, []), seq: '1' }])],
  ['a seq with a fraction', 'MP400', requestWith([edit(1.5, [])])],
  ['seqs that fall', 'MP400', requestWith([edit(2, []), edit(1, [])])],
  ['one edit twice', 'MP400', requestWith([edit(1, []), edit(2, [])].map((e) => ({ ...e, id: CLIENT })))],
  ['201 edits', 'MP413', requestWith(many(201))],
  ['10,001 steps', 'MP413', requestWith([{ ...edit(1, []), ops: new Array(10_001).fill(0) }])],
])('rejects a request with %s, and nothing happens', async (_, code, body) => {
  await expect(ask(database.host, 'sync', [ADMIN, 'ROUND', body])).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/^[A-Z].*\.$/),
  });
});

test('200 edits and 12 levels are fine', async () => {
  await createPlan(database.host, 'LIMITS');
  const deep = JSON.parse(nested(10));
  const body = JSON.stringify({ client: CLIENT, edits: many(200), deep });
  expect(await ask(database.host, 'sync', [ADMIN, 'LIMITS', body])).toContain('"last_seq":200');
});
