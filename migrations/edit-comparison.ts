/** Runs one history of edits through `macroplan.apply_edit` and through the model plan, and says where they differ. */
import assert from 'node:assert/strict';
import type { PoolClient } from 'pg';
import type { Conflict, Fields, Row } from '../src/store/rows.ts';
import { TABLE_NAMES, type TableName } from '../src/store/schema.ts';
import { EditHistory, PEOPLE, type Person, type Step } from '../src/testing/differential/edit-history.ts';
import { firstOps, PLAN_ID } from '../src/testing/differential/small-world.ts';
import { ModelPlan } from '../src/testing/simulation/model-plan.ts';

/** A step, or the hole where one was left out: the others keep their numbers, which `seen` counts. */
type Steps = readonly (Step | null)[];

export interface Difference {
  readonly steps: Steps;
  readonly sql: unknown;
  readonly typescript: unknown;
}

export interface Ran {
  readonly difference: Difference | null;
  /** One word an edit: an outcome, a cause or a refusal code. */
  readonly answers: readonly string[];
}

/** Makes a history while it runs, up to the first difference. Leaves nothing in the database. */
export async function runHistory(client: PoolClient, seed: number, count: number): Promise<Ran> {
  const history = new EditHistory(seed);
  return await onFreshPlan(client, async (pair) => {
    const steps: Step[] = [];
    while (steps.length < count) {
      const step = history.next(pair, steps.length);
      steps.push(step);
      const differs = await pair.take(step);
      if (differs) return { difference: { steps, ...differs }, answers: [] };
    }
    const differs = (await pair.compareRows()) ?? (await pair.compareLogs());
    const difference = differs && { steps, ...differs };
    return { difference, answers: pair.answers };
  });
}

/** Leaves out steps, then ops, as long as the two sides still differ: what remains is what it takes. */
export async function shrink(client: PoolClient, from: Difference): Promise<Difference> {
  let smallest = from;
  const attempt = async (steps: Steps) => {
    const difference = await replay(client, steps);
    if (difference) smallest = difference;
    return difference !== null;
  };
  for (let n = 0; n < smallest.steps.length; n += 1)
    await attempt(smallest.steps.map((step, at) => (at === n ? null : step)));
  for (let n = 0; n < smallest.steps.length; n += 1) {
    for (let op = 0; op < (smallest.steps[n]?.edit.ops.length ?? 0); ) {
      const fewer = smallest.steps.map((step, at) => (at === n && step ? withoutOp(step, op) : step));
      if (!(await attempt(fewer))) op += 1;
    }
  }
  return smallest;
}

function withoutOp(step: Step, op: number): Step {
  return { ...step, edit: { ...step.edit, ops: step.edit.ops.filter((_, at) => at !== op) } };
}

async function replay(client: PoolClient, steps: Steps): Promise<Difference | null> {
  return await onFreshPlan(client, async (pair) => {
    for (const [n, step] of steps.entries()) {
      const differs = await pair.take(step);
      if (differs) return { steps: steps.slice(0, n + 1), ...differs };
    }
    const differs = (await pair.compareRows()) ?? (await pair.compareLogs());
    return differs && { steps, ...differs };
  });
}

async function onFreshPlan<T>(client: PoolClient, work: (pair: Pair) => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const pair = new Pair(client);
    await pair.start();
    return await work(pair);
  } finally {
    await client.query('rollback');
  }
}

type Sides = { readonly sql: unknown; readonly typescript: unknown } | null;

/** One plan on both sides. */
class Pair {
  readonly answers: string[] = [];
  readonly #client: PoolClient;
  readonly #model = new ModelPlan();
  /** The plan's rev after each number of steps. */
  readonly #revs: number[] = [];

  constructor(client: PoolClient) {
    this.#client = client;
  }

  rows(table: TableName): readonly Row[] {
    return this.#model.live(table).map(({ row }) => row);
  }

  async start(): Promise<void> {
    const plan = { code: 'P', name: 'Plan', time_zone: 'Europe/Berlin', state: 'draft' };
    const [lead] = PEOPLE as readonly [Person];
    await this.#client.query('insert into macroplan.plan_heads (plan_id) values ($1)', [PLAN_ID]);
    await this.#client.query(`select macroplan.begin_edit($1, $2, $2, $3, $1, 0, 'New plan')`, [
      PLAN_ID,
      lead.key,
      lead.client,
    ]);
    await this.#client.query(`select macroplan.write_row($1, 'plans', $1, $2)`, [PLAN_ID, plan]);
    this.#model.create([{ table: 'plans', row: { id: PLAN_ID, rev: 0, ...plan } }], { ...lead, name: lead.key }, 0);
    this.#revs.push(this.#model.rev);
    const differs = await this.take({ person: lead, edit: { id: PLAN_ID, label: 'Seed', ops: firstOps() }, seen: 0 });
    assert.equal(differs, null);
    assert.deepEqual(this.answers, ['applied']);
    this.#revs.shift();
    this.answers.length = 0;
  }

  /** Null if both sides gave the same receipt and, where there is one, the same conflict. */
  async take(step: Step | null): Promise<Sides> {
    if (!step) {
      this.#revs.push(this.#model.rev);
      return null;
    }
    const { person, seen } = step;
    const edit = { ...step.edit, seq: 1, at: 0 };
    const since = this.#revs[seen] ?? 0;
    const who = { user_key: person.key, display_name: person.key };
    const { rows } = await this.#client.query('select macroplan.apply_edit($1, $2, $3, $4, $5, $6) as verdict', [
      PLAN_ID,
      who,
      person.role,
      person.client,
      JSON.stringify(edit),
      since,
    ]);
    const sql = rows[0].verdict;
    const actor = { ...person, name: person.key };
    const receipt = this.#model.apply(edit, { actor, client: person.client, since, now: 0 });
    this.#revs.push(this.#model.rev);
    const { outcome, rev, merged, refusal } = receipt;
    const typescript = {
      outcome,
      rev,
      merged,
      refusal,
      conflict: receipt.conflict,
      ...this.#conflictIn(receipt.conflict),
    };
    Object.assign(sql, await this.#storedConflict(sql.conflict));
    this.answers.push(refusal?.code ?? ('cause' in typescript ? String(typescript.cause) : outcome));
    return same(sql, typescript) ? null : { sql, typescript };
  }

  async compareRows(): Promise<Sides> {
    const tables = TABLE_NAMES.map((table) => {
      return `select '${table}' as table_name, id, macroplan.wire(r) as row from macroplan.${table} as r where plan_id = $1`;
    });
    const { rows } = await this.#client.query(`select * from (${tables.join(' union all ')}) as rows`, [PLAN_ID]);
    const sql = Object.fromEntries(rows.map(({ table_name, id, row }) => [`${table_name}/${id}`, comparable(row)]));
    const stored = [...this.#model.rows.values()];
    const typescript = Object.fromEntries(
      stored.map(({ table, row, isRemoved }) => [`${table}/${row.id}`, comparable({ ...row, removed: isRemoved })]),
    );
    const differing = [...new Set([...Object.keys(sql), ...Object.keys(typescript)])].filter(
      (key) => !same(sql[key], typescript[key]),
    );
    if (differing.length === 0) return null;
    const only = (from: Record<string, unknown>) => Object.fromEntries(differing.map((key) => [key, from[key]]));
    return { sql: only(sql), typescript: only(typescript) };
  }

  async compareLogs(): Promise<Sides> {
    const { rows } = await this.#client.query(
      `select rev::int, n, op, table_name, row_id, before, after
       from macroplan.event_log
       where plan_id = $1
       order by rev, n`,
      [PLAN_ID],
    );
    const sql = rows.map(({ after, ...event }) => ({ ...event, after: after && comparable(after) }));
    const typescript = this.#model.events.map(({ rev, n, op, table_name, row_id, before, after }) => {
      return { rev, n, op, table_name, row_id, before, after: after && comparable(after) };
    });
    const at = sql.findIndex((event, n) => !same(event, typescript[n]));
    if (at < 0 && sql.length === typescript.length) return null;
    return { sql: sql.slice(at).slice(0, 3), typescript: typescript.slice(at).slice(0, 3) };
  }

  #conflictIn(id: string | null): object {
    const stored = id === null ? undefined : this.#model.rows.get(`conflicts/${id}`);
    const conflict = stored?.row as unknown as Conflict | undefined;
    return conflict ? { cause: conflict.cause, items: timeless(conflict.items) } : {};
  }

  async #storedConflict(id: string | null): Promise<object> {
    if (id === null) return {};
    const { rows } = await this.#client.query('select cause, items from macroplan.conflicts where id = $1', [id]);
    return { cause: rows[0].cause, items: timeless(rows[0].items) };
  }
}

/** The two sides have two clocks. */
function timeless(items: Conflict['items']): unknown {
  return items.map(({ theirs_at, ...item }) => ({ ...item, theirs_at: theirs_at === null ? null : 0 }));
}

function comparable(row: Fields): unknown {
  return row.items ? { ...row, at: 0, items: timeless(row.items as unknown as Conflict['items']) } : row;
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
