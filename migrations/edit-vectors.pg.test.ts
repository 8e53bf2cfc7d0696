import type { PoolClient } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import type { Receipt } from '../src/store/edit.ts';
import { TABLE_NAMES } from '../src/store/schema.ts';
import { expected, runVector, VECTOR_PLAN_ID, VECTORS, type VectorPlan } from '../src/testing/vectors.ts';

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
  const fields = { code: 'P', name: 'Plan', time_zone: 'UTC' };
  await client.query('begin');
  await client.query('insert into macroplan.plan_heads (plan_id) values ($1)', [VECTOR_PLAN_ID]);
  await client.query(`select macroplan.begin_edit($1, 'lea', 'lea', $1, $1, 0, 'New plan')`, [VECTOR_PLAN_ID]);
  await client.query(`select macroplan.write_row($1, 'plans', $1, $2)`, [VECTOR_PLAN_ID, fields]);
});

afterEach(async () => {
  // Deferred references are checked here, as a commit would.
  await client.query('set constraints all immediate');
  await client.query('rollback');
});

const stored: VectorPlan = {
  async apply({ key, role, client: device }, ops, since) {
    const who = { user_key: key, display_name: key };
    const edit = { id: crypto.randomUUID(), seq: 1, at: 0, label: 'Edit', ops };
    const { rows } = await client.query('select macroplan.apply_edit($1, $2, $3, $4, $5, $6) as verdict', [
      VECTOR_PLAN_ID,
      who,
      role,
      device,
      edit,
      since,
    ]);
    return rows[0].verdict as Receipt;
  },
  async row(id) {
    for (const table of TABLE_NAMES) {
      const { rows } = await client.query('select macroplan.live_row($1, $2, $3) as row', [VECTOR_PLAN_ID, table, id]);
      if (rows[0].row) return rows[0].row;
    }
    return undefined;
  },
  async cause(conflict) {
    const { rows } = await client.query('select cause from macroplan.conflicts where id = $1', [conflict]);
    return rows[0].cause;
  },
};

test.each(VECTORS.map((vector) => [vector.title, vector] as const))('%s', async (_, vector) => {
  expect(await runVector(vector, stored)).toEqual(expected(vector));
});

test('a mail waits in the outbox, once an address', async () => {
  const mail = VECTORS.find(({ title }) => title === 'a mail where mail is on');
  expect(mail).toBeDefined();
  if (mail) await runVector(mail, stored);
  const { rows } = await client.query('select recipient, subject, body from macroplan.mail_outbox');
  expect(rows).toMatchObject([
    { recipient: 'a@b.example', subject: 'Macro-plan of RUN1', body: { note: 'Here it is', sent_by: 'lea' } },
  ]);
});
