/** What is true of a plan at rest, whatever happened to it before. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { Base } from '../src/store/base.ts';
import { readDelta, readPart } from '../src/sync/protocol.ts';
import { ADMIN, ask, askJson } from './test-plan.ts';

/** Rejects with what is not true: the superuser looks, since most of it shows through no door. */
export async function checkPlan(admin: pg.Pool | pg.ClientBase, plan: string): Promise<void> {
  const head = await checkTables(admin, plan);
  const now = contents(await stateAt(admin, plan, head.rev));
  for (let rev = head.min_since; rev <= head.rev; rev += 1) assert.deepEqual(await followFrom(admin, plan, rev), now);
  const { ok } = await askJson<{ ok: boolean }>(admin, 'verify', [ADMIN, plan]);
  assert.ok(ok, 'the log is whole');
}

interface Head {
  readonly rev: number;
  readonly min_since: number;
}

/** Revs are 1 to head; the folded log is the tables; totals are their totals; an edit has one rev and one receipt. */
async function checkTables(admin: pg.Pool | pg.ClientBase, plan: string): Promise<Head> {
  const { rows } = await admin.query(
    `with live as (
       select table_name, id, fields - 'removed' as fields, rev from macroplan.rows_since($1, 0) where not removed
     ),
     folded as (select table_name, id, fields from macroplan.rows_at($1, (select rev from macroplan.plan_heads where plan_id = $1))),
     last as (select row_count, row_sum from macroplan.event_log where plan_id = $1 order by rev desc, n desc limit 1)
     select head.rev::int, head.min_since::int,
       (select array_agg(distinct rev::int order by rev::int) from macroplan.event_log where plan_id = $1) as revs,
       (
         select count(*)::int
         from (select table_name, id, fields from live) as l
         full join folded as f using (table_name, id)
         where l.fields is distinct from f.fields
       ) as unlike,
       (select count(*) - last.row_count = 0 and sum(macroplan.mix(id, rev)) = last.row_sum from live) as totals_hold,
       (
         select count(*)::int
         from (
           select edit_id, rev from macroplan.event_log where plan_id = $1 and edit_id is not null group by edit_id, rev
         ) as made
         full join (
           select edit_id, rev from macroplan.receipts where plan_id = $1 and rev is not null
         ) as told using (edit_id)
         where made.rev is distinct from told.rev
       ) as edits_amiss
     from macroplan.plan_heads as head, last
     where head.plan_id = $1`,
    [plan],
  );
  const { rev, min_since, ...found } = rows[0];
  const revs = Array.from({ length: rev }, (_, i) => i + 1);
  assert.deepEqual(found, { revs, unlike: 0, totals_hold: true, edits_amiss: 0 });
  return { rev, min_since };
}

/** What a delta from an earlier cursor makes of the state at it. */
async function followFrom(admin: pg.Pool | pg.ClientBase, plan: string, rev: number): Promise<object> {
  const { rows } = await admin.query(
    `select body
     from macroplan.meta,
       macroplan.cursor_text(meta, $2, macroplan.hash_at($1, $2), 'lead') as cursor,
       api.delta($3, $1::uuid::text, cursor, null)`,
    [plan, rev, ADMIN],
  );
  const delta = readDelta(JSON.parse(rows[0].body), '');
  const replica = await stateAt(admin, plan, rev);
  assert.equal(delta.reset, null);
  replica.lay(delta.rows);
  assert.deepEqual([replica.rowCount, replica.rowSum], [delta.row_count, delta.row_sum]);
  return contents(replica);
}

/** The plan as it was at a rev, from the log. */
export async function stateAt(admin: pg.Pool | pg.ClientBase, plan: string, rev: number): Promise<Base> {
  const replica = new Base();
  const { rows } = readPart(JSON.parse((await ask(admin, 'state', [ADMIN, plan, rev])) ?? ''), '');
  replica.lay(rows);
  return replica;
}

/** Tables and rows to compare, tables without rows left out. */
export const contents = (replica: Base) =>
  Object.fromEntries(Object.entries(replica.rows).filter(([, rows]) => rows.size > 0));
