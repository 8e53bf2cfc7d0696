/** One edit may carry a whole plan; rules that look at many rows must not look at them once per op. */
import type { PoolClient } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import type { Op, Receipt } from '../src/store/edit.ts';

const PLAN = '00000001-0000-4000-8000-000000000000';
const PHASE = '00000002-0000-4000-8000-000000000000';
const CHAPTERS = 2000;
const id = (kind: number, n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-${kind}00000000000`;

let database: TestDatabase;
let client: PoolClient;

beforeAll(async () => {
  database = await createDatabase();
  client = await database.admin.connect();
});

afterAll(async () => {
  client.release();
  await database.drop();
});

beforeEach(async () => {
  await client.query('begin');
  await client.query('insert into macroplan.plan_heads (plan_id) values ($1)', [PLAN]);
  await client.query(`select macroplan.begin_edit($1, 'lea', 'lea', $1, $1, 0, 'New plan')`, [PLAN]);
  const plan = { code: 'P', name: 'Plan', time_zone: 'UTC' };
  await client.query(`select macroplan.write_row($1, 'plans', $1, $2)`, [PLAN, plan]);
});

afterEach(async () => {
  await client.query('set constraints all immediate');
  await client.query('rollback');
});

async function apply(ops: readonly Op[]): Promise<Receipt> {
  const who = { user_key: 'lea', display_name: 'lea' };
  const edit = { id: crypto.randomUUID(), seq: 1, at: 0, label: 'Import', ops };
  const { rows } = await client.query(`select macroplan.apply_edit($1, $2, 'lead', $1, $3, 1) as verdict`, [
    PLAN,
    who,
    edit,
  ]);
  return rows[0].verdict as Receipt;
}

function chapters(): readonly Op[] {
  return Array.from({ length: CHAPTERS }, (_, n): Op => {
    const row = { code: `${n}`, title: 'Step', phase_id: PHASE };
    return { op: 'insert', table: 'chapters', id: id(1, n), row };
  });
}

function dependency(n: number, from: number, to: number): Op {
  const row = { predecessor_id: id(1, from), successor_id: id(1, to) };
  return { op: 'insert', table: 'dependencies', id: id(2, n), row };
}

const phase: Op = { op: 'insert', table: 'phases', id: PHASE, row: { code: 'A', name: 'All' } };
/** One long chain: the deepest network that so many dependencies can make. */
const chain = Array.from({ length: CHAPTERS - 1 }, (_, n) => dependency(n, n, n + 1));

test('an import is one edit and one rev, whatever the order of its ops', async () => {
  const receipt = await apply([...chain, ...chapters(), phase]);
  expect(receipt).toMatchObject({ outcome: 'applied', rev: 2 });
  const { rows } = await client.query(
    `select count(distinct rev)::int as revs, count(*)::int as lines from macroplan.event_log where plan_id = $1 and rev > 1`,
    [PLAN],
  );
  expect(rows[0]).toEqual({ revs: 1, lines: 2 * CHAPTERS });
});

test('an import with a cycle at its end is refused whole', async () => {
  const receipt = await apply([phase, ...chapters(), ...chain, dependency(CHAPTERS, CHAPTERS - 1, CHAPTERS - 3)]);
  expect(receipt).toMatchObject({ outcome: 'refused', refusal: { code: 'dependency_cycle' } });
  const { rows } = await client.query('select count(*)::int as rows from macroplan.chapters where plan_id = $1', [
    PLAN,
  ]);
  expect(rows[0]).toEqual({ rows: 0 });
});
