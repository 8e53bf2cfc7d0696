/** A plan in a test database, asked through the doors as a host would. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { TestDatabase } from '../infra/test/database.ts';
import type { Op, Receipt } from '../src/store/edit.ts';
import { scheduleId } from '../src/store/rows.ts';

export interface Who {
  readonly user_key: string;
  readonly display_name: string;
  readonly groups: readonly string[];
  readonly is_admin: boolean;
}

export const who = (userKey: string, groups: readonly string[] = []): Who => ({
  user_key: userKey,
  display_name: `Name of ${userKey}`,
  groups,
  is_admin: userKey === 'admin',
});

/** Creator and lead of every test plan. */
export const ADMIN = who('admin');

export type Cell = string | number | boolean | null | object;

export interface TableRows {
  readonly cols: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly removed?: readonly (readonly [string, number])[];
}

export interface Delta {
  readonly cursor: string;
  readonly rev: number;
  readonly reset: string | null;
  readonly now: number;
  readonly poll_after_ms: number;
  readonly rows: { readonly [table: string]: TableRows };
  readonly events: { readonly cols: readonly string[]; readonly rows: readonly (readonly Cell[])[] };
  readonly row_count: number;
  readonly row_sum: number;
}

export interface SyncReply extends Delta {
  readonly last_seq: number;
  readonly receipts: readonly Receipt[];
  readonly forked?: true;
}

export interface SentEdit {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly label: string;
  readonly ops: readonly Op[];
}

type Askable = pg.Pool | pg.ClientBase;

/** One door's answer as text; null where the door answers null. */
export async function ask(host: Askable, door: string, args: readonly unknown[]): Promise<string | null> {
  const places = args.map((_, i) => `$${i + 1}`).join(', ');
  const { rows } = await host.query(`select api.${door}(${places}) as answer`, [...args]);
  return rows[0].answer;
}

/** One door's answer, parsed by the test that knows it. */
export async function askJson<T>(host: Askable, door: string, args: readonly unknown[]): Promise<T> {
  return JSON.parse((await ask(host, door, args)) ?? 'null');
}

export async function createPlan(host: Askable, code = 'PLAN'): Promise<string> {
  const id = randomUUID();
  await ask(host, 'create_plan', [
    ADMIN,
    JSON.stringify({ id, code, name: `Plan ${code}`, time_zone: 'Europe/Berlin' }),
  ]);
  return id;
}

export async function readDelta(host: Askable, plan: string, cursor: string | null, asker = ADMIN): Promise<Delta> {
  const { rows } = await host.query('select body from api.delta($1, $2, $3, null)', [asker, plan, cursor]);
  return JSON.parse(rows[0].body);
}

export interface SyncRequest {
  readonly plan: string;
  readonly edits: readonly SentEdit[];
  readonly cursor?: string | null;
  readonly client?: string;
  readonly asker?: Who;
}

export async function sync(host: Askable, request: SyncRequest): Promise<SyncReply> {
  const { plan, edits, cursor = null, client = CLIENT, asker = ADMIN } = request;
  return await askJson(host, 'sync', [asker, plan, JSON.stringify({ cursor, client, edits })]);
}

/** The device that tests send from unless they say otherwise. */
export const CLIENT = '00000000-0000-4000-8000-00000000c11e';

export const edit = (seq: number, ops: readonly Op[]): SentEdit => ({
  id: randomUUID(),
  seq,
  at: 1_800_000_000_000,
  label: `Edit ${seq}`,
  ops,
});

export const addPhase = (id: string, code: string): Op => ({
  op: 'insert',
  table: 'phases',
  id,
  row: { code, name: `Phase ${code}` },
});

/** Writes rows as a script would, past the rules of edits, and answers the plan's rev. */
export async function write(
  database: Pick<TestDatabase, 'admin'>,
  plan: string,
  rows: readonly (readonly [table: string, id: string, fields: object | null])[],
): Promise<number> {
  const client = await database.admin.connect();
  try {
    await client.query('begin');
    await client.query(`select macroplan.begin_edit($1, 'script', 'Script', null, null, null, 'Script')`, [plan]);
    for (const [table, id, fields] of rows) {
      if (fields === null) await client.query('select macroplan.remove_row($1, $2, $3)', [plan, table, id]);
      else await client.query('select macroplan.write_row($1, $2, $3, $4)', [plan, table, id, JSON.stringify(fields)]);
    }
    const { rows: answer } = await client.query('select macroplan.edit_rev($1)::int as rev', [plan]);
    await client.query('commit');
    return answer[0].rev;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** When the schedule of `createScheduledPlan` begins, in minutes: 24 October 2026, 22:30 in Berlin. */
export const START = Date.UTC(2026, 9, 24, 20, 30) / 60_000;

/** A plan of one chapter, scheduled in iteration DR1, whose mails go out. */
export async function createScheduledPlan(
  { admin, host }: Pick<TestDatabase, 'admin' | 'host'>,
  { code, title }: { readonly code: string; readonly title: string },
): Promise<{ readonly plan: string; readonly iteration: string }> {
  const plan = await createPlan(host, code);
  const [iteration, phase, chapter] = [randomUUID(), randomUUID(), randomUUID()];
  const window = { window_start: START, window_end: START + 600 };
  await write({ admin }, plan, [
    ['iterations', iteration, { code: 'DR1', name: 'Rehearsal', kind: 'DR', mail_mode: 'on', ...window }],
    ['phases', phase, { code: 'P', name: 'Prepare' }],
    ['chapters', chapter, { code: 'C1', title, phase_id: phase }],
    [
      'chapter_schedules',
      scheduleId(iteration, chapter),
      { chapter_id: chapter, iteration_id: iteration, planned_start: START, planned_end: START + 300 },
    ],
  ]);
  return { plan, iteration };
}
