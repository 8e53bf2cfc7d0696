import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import {
  ADMIN,
  ask,
  askJson,
  type Cell,
  createPlan,
  type Delta,
  readDelta,
  type TableRows,
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

type Replica = Map<string, Map<string, { [column: string]: Cell }>>;

function put(replica: Replica, rows: { readonly [table: string]: TableRows }): void {
  for (const [table, { cols, rows: live, removed = [] }] of Object.entries(rows)) {
    const kept = replica.get(table) ?? new Map();
    replica.set(table, kept);
    for (const cells of live) kept.set(String(cells[0]), Object.fromEntries(cols.map((name, i) => [name, cells[i]])));
    for (const [id] of removed) kept.delete(id);
  }
}

const plain = (replica: Replica) =>
  Object.fromEntries(
    [...replica]
      .filter(([, rows]) => rows.size > 0)
      .map(([table, rows]) => [table, Object.fromEntries([...rows].sort())]),
  );

interface Manifest {
  readonly snapshot: string;
  readonly cursor: string;
  readonly parts: readonly { readonly part: number; readonly rows: number }[];
}

async function takeSnapshot(plan: string): Promise<{ replica: Replica; manifest: Manifest }> {
  const manifest = await askJson<Manifest>(database.host, 'snapshot', [ADMIN, plan]);
  const replica: Replica = new Map();
  for (const { part } of manifest.parts) {
    const { rows } = await askJson<Delta>(database.host, 'snapshot_part', [ADMIN, plan, manifest.snapshot, part]);
    put(replica, rows);
  }
  return { replica, manifest };
}

/** The browser's twin of macroplan.mix. */
function mix(id: string, rev: number): number {
  let x = (Number.parseInt(id.slice(-8), 16) ^ rev) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 1597334677) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 1779033703) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

function totals(replica: Replica): { row_count: number; row_sum: number } {
  const rows = [...replica.values()].flatMap((table) => [...table.values()]);
  return {
    row_count: rows.length,
    row_sum: rows.reduce((sum, row) => sum + mix(String(row.id), Number(row.rev)), 0),
  };
}

/** A few hundred changes of every kind, in revs of one to five rows; the same ones for the same seed. */
async function changeAtRandom(plan: string, seed: number, follow: () => Promise<void>): Promise<void> {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const teams = Array.from({ length: 40 }, () => randomUUID());
  for (let rev = 0; rev < 60; rev += 1) {
    const changes = new Map<string, readonly [string, string, object | null]>();
    for (let n = 0; n <= random(5); n += 1) {
      const id = teams[random(teams.length)] ?? '';
      const fields = random(4) === 0 ? null : { code: `T${id}`, name: `Name ${random(1000)}`, email: null };
      changes.set(id, ['teams', id, fields]);
    }
    await write(database, plan, [...changes.values()]);
    if (random(3) === 0) await follow();
  }
}

test('a replica fed by deltas equals a snapshot, the tables and their totals', async () => {
  const plan = await createPlan(database.host, 'LAW');
  const { replica, manifest } = await takeSnapshot(plan);
  let { cursor } = manifest;
  const follow = async () => {
    const delta = await readDelta(database.host, plan, cursor);
    expect(delta.reset).toBeNull();
    put(replica, delta.rows);
    expect(totals(replica)).toEqual({ row_count: delta.row_count, row_sum: delta.row_sum });
    cursor = delta.cursor;
  };
  await changeAtRandom(plan, 7, follow);
  await follow();
  const state = await askJson<Delta>(database.host, 'state', [ADMIN, plan, Number(cursor.split('.')[1])]);
  const folded: Replica = new Map();
  put(folded, state.rows);
  const fresh = (await takeSnapshot(plan)).replica;
  put(fresh, (await readDelta(database.host, plan, (await takeSnapshot(plan)).manifest.cursor)).rows);
  expect(plain(fresh)).toEqual(plain(replica));
  expect(plain(folded)).toEqual(plain(replica));
  const { rows } = await database.admin.query(
    `select count(*)::int as row_count, sum(macroplan.mix(id, rev))::float8 as row_sum
     from macroplan.rows_since($1, 0) where not removed`,
    [plan],
  );
  expect(rows[0]).toEqual(totals(replica));
});

test('the mix of a row is the one that browsers compute', async () => {
  const { rows } = await database.admin.query(
    `select id::text, rev::float8 as rev, macroplan.mix(id, rev)::float8 as mix
     from (values
       ('00000000-0000-0000-0000-000000000000'::uuid, 0), ('00000000-0000-0000-0000-000000000000', 1),
       ('00000000-0000-0000-0000-0000deadbeef', 1287), ('00000000-0000-0000-0000-0000ffffffff', 4294967301)
     ) as t (id, rev)`,
  );
  expect(rows.map((row) => row.mix)).toEqual([0, 4200844538, 127238551, 4022377230]);
  expect(rows.map((row) => mix(row.id, row.rev))).toEqual(rows.map((row) => row.mix));
});

test('instants travel as whole minutes and moments as milliseconds', async () => {
  const plan = await createPlan(database.host, 'TIMES');
  const { cursor } = await readDelta(database.host, plan, null);
  const fields = { code: 'RUN0', name: 'Run', kind: 'RUN', window_start: 30_052_560, window_end: 30_052_561 };
  const id = randomUUID();
  await write(database, plan, [['iterations', id, fields]]);
  const { rows, events, now } = await readDelta(database.host, plan, cursor);
  expect(rows.iterations?.rows[0]?.slice(5, 7)).toEqual([30_052_560, 30_052_561]);
  expect(Math.abs(now - Number(events.rows[0]?.[2]))).toBeLessThan(60_000);
});

test('a replica that stands at the head is told so without a body', async () => {
  const plan = await createPlan(database.host, 'IDLE');
  const { cursor } = await readDelta(database.host, plan, null);
  const ifNoneMatch = [cursor, `"${cursor}"`, `W/"${cursor}"`, `W/"${cursor}-gzip"`];
  for (const etag of ifNoneMatch) {
    const { rows } = await database.host.query('select * from api.delta($1, $2, $3, $4)', [ADMIN, plan, cursor, etag]);
    expect(rows).toEqual([{ etag: cursor, body: null }]);
  }
  await write(database, plan, [['phases', randomUUID(), { code: 'P', name: 'P' }]]);
  const { rows } = await database.host.query('select * from api.delta($1, $2, $3, $3)', [ADMIN, plan, cursor]);
  expect(rows[0].body).not.toBeNull();
});

test('each reason to reset has its name, and rows stay out of the answer', async () => {
  const plan = await createPlan(database.host, 'RESET');
  const ids = Array.from({ length: 5 }, () => randomUUID());
  await write(
    database,
    plan,
    ids.map((id, i) => ['phases', id, { code: `P${i}`, name: 'P' }] as const),
  );
  const { cursor } = await readDelta(database.host, plan, null);
  const [epoch, rev, hash, shape] = cursor.split('.');
  const reasonOf = async (sent: string | null) => {
    const delta = await readDelta(database.host, plan, sent);
    if (delta.reset !== null) expect(delta.rows).toEqual({});
    return delta.reset;
  };
  expect(await reasonOf(cursor)).toBeNull();
  expect(await reasonOf(null)).toBe('none');
  expect(await reasonOf('of another make')).toBe('none');
  expect(await reasonOf(`00000000.${rev}.${hash}.${shape}.l`)).toBe('epoch');
  expect(await reasonOf(`${epoch}.${rev}.00000000.${shape}.l`)).toBe('epoch');
  expect(await reasonOf(`${epoch}.${rev}.${hash}.s000000.l`)).toBe('shape');
  expect(await reasonOf(`${epoch}.${rev}.${hash}.${shape}.v`)).toBe('access');
  expect(await reasonOf(`${epoch}.99.${hash}.${shape}.l`)).toBe('ahead');
  // A restored server may be of another build as well; what it lost is offered again only where that is said.
  expect(await reasonOf(`${epoch}.${rev}.00000000.s000000.v`)).toBe('epoch');
  expect(await reasonOf(`${epoch}.99.${hash}.s000000.v`)).toBe('ahead');
  await write(database, plan, [['phases', ids[0] ?? '', null]]);
  await database.admin.query(`select macroplan.prune($1, '0 seconds')`, [plan]);
  expect(await reasonOf(cursor)).toBe('horizon');
});

test('a replica more than 5,000 rows behind takes a snapshot', async () => {
  const plan = await createPlan(database.host, 'FAR');
  const { cursor } = await readDelta(database.host, plan, null);
  const addTeams = `
    with open as (select macroplan.begin_edit($1, 'script', 'Script', null, null, null, 'Script'))
    select count(macroplan.write_row($1, 'teams', gen_random_uuid(), jsonb_build_object('code', 'T' || $2 || i, 'name', 'T')))
    from open, generate_series(1, $2::int) as i`;
  await database.admin.query(addTeams, [plan, 5000]);
  expect((await readDelta(database.host, plan, cursor)).reset).toBeNull();
  await database.admin.query(addTeams, [plan, 1]);
  expect((await readDelta(database.host, plan, cursor)).reset).toBe('far');
});

test('a snapshot has parts of 2,048 rows and is shared until 1,000 rows changed', async () => {
  const plan = await createPlan(database.host, 'SNAP');
  const addTeams = (prefix: string, count: number) =>
    write(
      database,
      plan,
      Array.from({ length: count }, (_, i) => ['teams', randomUUID(), { code: `${prefix}${i}`, name: 'T' }]),
    );
  await addTeams('A', 2_100);
  const first = (await takeSnapshot(plan)).manifest;
  expect(first.parts.map((part) => part.rows)).toEqual([2_048, 54]);
  await addTeams('B', 999);
  expect((await takeSnapshot(plan)).manifest.snapshot).toBe(first.snapshot);
  expect((await readDelta(database.host, plan, first.cursor)).rows.teams?.rows).toHaveLength(999);
  await addTeams('C', 1);
  expect((await takeSnapshot(plan)).manifest.snapshot).not.toBe(first.snapshot);
});

test('a plan that one may not read answers like one that does not exist', async () => {
  const plan = await createPlan(database.host, 'SECRET');
  const doors = [
    ['snapshot_part', [randomUUID(), 0]],
    ['snapshot', []],
    ['events', [null, null, null]],
    ['state', [1]],
    ['verify', []],
    ['sync', [JSON.stringify({ client: randomUUID(), edits: [] })]],
    ['show_table', [randomUUID(), 'page']],
  ] as const;
  for (const [door, rest] of doors) {
    const answers = await Promise.all(
      [plan, 'SECRET', randomUUID(), 'no such code', ''].map((name) =>
        ask(database.host, door, [who('stranger'), name, ...rest]).catch((error) => `${error.code} ${error.message}`),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(['MP404 There is no such plan, or you may not read it.']));
  }
});

test('a group gives its members a role, and the highest role counts', async () => {
  const plan = await createPlan(database.host, 'ROLES');
  await write(database, plan, [
    ['plan_members', randomUUID(), { principal: 'group:ops', role: 'viewer' }],
    ['plan_members', randomUUID(), { principal: 'user:kim', role: 'planner' }],
  ]);
  const roleOf = async (key: string, groups: readonly string[]) => {
    const list = await askJson<{ plans: { id: string; role: string }[] }>(database.host, 'plans', [who(key, groups)]);
    return list.plans.find(({ id }) => id === plan)?.role;
  };
  expect(await roleOf('kim', ['ops'])).toBe('planner');
  expect(await roleOf('lee', ['ops'])).toBe('viewer');
  expect(await roleOf('lee', ['user:kim'])).toBeUndefined();
});

test('a primary says how far its log has come, and is a standby of nobody', async () => {
  const { rows } = await database.host.query('select api.log_position() as position');
  expect(rows[0].position).toMatch(/^\d+ 1 [0-9A-F]+\/[0-9A-F]+$/);
  const { rows: answers } = await database.host.query('select api.has_replayed($1) as has', [rows[0].position]);
  expect(answers).toEqual([{ has: false }]);
});
