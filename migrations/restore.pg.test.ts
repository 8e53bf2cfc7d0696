/**
 * Restore drills: the server comes back as it was some edits ago, and the devices that made those edits bring them
 * back under their old ids.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshBrowserBuild } from '../infra/host/browser-build.ts';
import { type Host, startHost } from '../infra/host/server.ts';
import { OwnServer } from '../infra/test/own-server.ts';
import type { Op, Outcome } from '../src/store/edit.ts';
import { insertRow, setFields, slipBy } from '../src/store/ops.ts';
import { resolveConflict } from '../src/store/resolution.ts';
import { scheduleId } from '../src/store/rows.ts';
import { checkPlan, contents, stateAt } from './invariants.ts';
import { Device } from './restore-device.ts';
import { addPhase, createPlan, edit, readDelta, sync, write } from './test-plan.ts';

let server: OwnServer;
let elsewhere: OwnServer;
let host: Host | null = null;

beforeAll(async () => {
  [server, elsewhere] = await Promise.all([OwnServer.create(), OwnServer.create()]);
});

afterAll(async () => {
  await host?.close();
  await Promise.all([server.remove(), elsewhere.remove()]);
});

async function startHostOn({ hostUrl }: OwnServer): Promise<void> {
  await stopHost();
  host = await startHost({ databaseUrl: hostUrl, dist: await freshBrowserBuild() });
}

async function stopHost(): Promise<void> {
  await host?.close();
  host = null;
}

const START = 30_109_740;

interface World {
  readonly plan: string;
  readonly iteration: string;
  readonly phase: string;
  readonly chapters: readonly [string, string];
  readonly schedules: readonly [string, string];
}

async function createWorld(code: string): Promise<World> {
  const plan = await createPlan(server.host, code);
  const [iteration, phase, first, second] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const schedules = [scheduleId(iteration, first), scheduleId(iteration, second)] as const;
  const times = { iteration_id: iteration, planned_start: START, planned_end: START + 90 };
  await write(server, plan, [
    ['plan_members', randomUUID(), { principal: 'user:planner-a', role: 'planner' }],
    ['plan_members', randomUUID(), { principal: 'user:lead', role: 'lead' }],
    ['phases', phase, { code: 'A', name: 'Before' }],
    ['iterations', iteration, { code: 'R', name: 'Run', kind: 'RUN', window_start: START, window_end: START + 600 }],
    ['chapters', first, { code: 'AA', title: 'Freeze', phase_id: phase }],
    ['chapters', second, { code: 'AB', title: 'Load', phase_id: phase }],
    ['chapter_schedules', schedules[0], { chapter_id: first, ...times }],
    ['chapter_schedules', schedules[1], { chapter_id: second, ...times }],
  ]);
  return { plan, iteration, phase, chapters: [first, second], schedules };
}

/** Two devices that have read the plan. */
async function openDevices({ plan }: World): Promise<readonly [planner: Device, lead: Device]> {
  const hostUrl = () => host?.url ?? '';
  const planner = await Device.open({ userKey: 'planner-a', planId: plan, hostUrl });
  const lead = await Device.open({ userKey: 'lead', planId: plan, hostUrl });
  await planner.sync();
  await lead.sync();
  return [planner, lead];
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a row is missing');
  return value;
};

const note = ({ view }: Device, id: string, text: string): Op =>
  setFields('chapter_schedules', found(view.rows.chapter_schedules.get(id)), { note: text });

const slip = ({ view }: Device, id: string, by: number): Op => slipBy(found(view.rows.chapter_schedules.get(id)), by);

const retitle = ({ view }: Device, id: string, title: string): Op =>
  setFields('chapters', found(view.rows.chapters.get(id)), { title });

/** What both did before the backup. */
async function workBefore([planner, lead]: readonly [Device, Device], world: World): Promise<void> {
  for (let i = 1; i <= 4; i += 1) {
    await planner.edit(`Old note ${i}`, [note(planner, world.schedules[0], `Old note ${i}`)]);
    await lead.edit(`Old title ${i}`, [retitle(lead, world.chapters[1], `Old title ${i}`)]);
  }
  await planner.sync();
  await lead.sync();
  await planner.sync();
}

/** What both did after it: on rows of their own, on the same row, and one conflict that its author settled. */
async function workAfter([planner, lead]: readonly [Device, Device], world: World): Promise<void> {
  for (let i = 1; i <= 6; i += 1) {
    await planner.edit(`Slip ${i}`, [slip(planner, world.schedules[1], 5)]);
    const chapter = randomUUID();
    await lead.edit(`New chapter ${i}`, [
      insertRow('chapters', chapter, { code: `N${i}`, title: `New ${i}`, phase_id: world.phase }),
    ]);
    await lead.edit(`New title ${i}`, [retitle(lead, chapter, `Better ${i}`)]);
    if (i % 3 === 0) {
      await planner.sync();
      await lead.sync();
    }
  }
  await planner.edit('Note of the planner', [note(planner, world.schedules[0], 'Planner')]);
  await lead.edit('Note of the lead', [note(lead, world.schedules[0], 'Lead')]);
  await planner.sync();
  await lead.sync();
  const conflict = found([...lead.view.rows.conflicts.values()].find(({ state }) => state === 'open'));
  await lead.edit('Take mine', resolveConflict(lead.view, conflict, 'mine'));
  await lead.sync();
  await planner.sync();
  // These never reached the old server.
  await planner.edit('Typed offline', [note(planner, world.schedules[1], 'Offline')]);
}

/** The outcome of each of these edits that the server knows. */
async function receiptsOf(database: OwnServer, plan: string): Promise<ReadonlyMap<string, Outcome>> {
  const { rows } = await database.admin.query('select edit_id, outcome from macroplan.receipts where plan_id = $1', [
    plan,
  ]);
  return new Map(rows.map(({ edit_id, outcome }) => [edit_id, outcome]));
}

interface Drill {
  readonly code: string;
  /** Brings back the backup and answers the server that is now the truth. */
  readonly putBack: (copy: string) => Promise<OwnServer>;
  /** What others do on the restored server before the devices return. */
  readonly meanwhile?: (database: OwnServer, plan: string) => Promise<void>;
  readonly returning: 'planner first' | 'lead first';
  /** What else the two did after the backup. */
  readonly also?: (planner: Device, lead: Device, world: World) => Promise<void>;
}

interface Drilled {
  readonly world: World;
  readonly devices: readonly [planner: Device, lead: Device];
  readonly database: OwnServer;
  /** By label, of the edits that the restored server did not know. */
  readonly outcomes: { readonly [label: string]: Outcome | undefined };
}

async function drill({ code, putBack, meanwhile, returning, also }: Drill): Promise<Drilled> {
  await startHostOn(server);
  const world = await createWorld(code);
  const devices = await openDevices(world);
  const [planner, lead] = devices;
  await workBefore(devices, world);
  await stopHost();
  await server.stop();
  const copy = await server.backup();
  await server.start();
  await startHostOn(server);
  await workAfter(devices, world);
  await also?.(planner, lead, world);
  const known = await receiptsOf(server, world.plan);
  await stopHost();

  const database = await putBack(copy);
  await meanwhile?.(database, world.plan);
  await startHostOn(database);
  const kept = await receiptsOf(database, world.plan);
  const order = returning === 'planner first' ? [planner, lead] : [lead, planner];
  for (const device of order) await device.reopen();
  for (const device of [...order, ...order]) await device.sync();

  const now = await receiptsOf(database, world.plan);
  const edits = devices.flatMap((device) => device.edits);
  const lost = edits.filter(({ id }) => known.has(id) && !kept.has(id));
  const outcomes = lost.map(({ label, id }) => [label, now.get(id)] as const);
  const withOutcome = (...ones: Outcome[]) => outcomes.filter(([, one]) => one && ones.includes(one)).length;
  const recovered = `${withOutcome('applied', 'merged', 'noop')} took effect again, ${withOutcome('conflict')} as a conflict`;
  console.log(
    `${code}: ${edits.length} edits, ${lost.length} lost by the restore: ${recovered}, ${withOutcome('refused')} refused`,
  );
  await checkDrilled(database, world, devices);
  for (const { view } of devices) {
    // Its person is told, and which of what was done here the server had still.
    expect(view.restored).toMatchObject({ isOlder: true, until: expect.any(Number) });
    const offered = view.restored?.edits ?? [];
    expect(new Set(view.restored?.kept)).toEqual(new Set(offered.filter((id) => kept.has(id))));
  }
  expect(edits.filter(({ id }) => !now.has(id))).toEqual([]);
  expect(lost.length).toBeGreaterThan(15);
  return { world, devices, database, outcomes: Object.fromEntries(outcomes) };
}

/** Everybody equals the server, nothing is left in a queue, and the plan keeps every promise. */
async function checkDrilled(database: OwnServer, { plan }: World, devices: readonly Device[]): Promise<void> {
  await checkPlan(database.admin, plan);
  const { rev } = await readDelta(database.admin, plan, null);
  const truth = contents(await stateAt(database.admin, plan, rev));
  for (const { view } of devices) {
    expect(view.queue).toEqual([]);
    expect(view.rev).toBe(rev);
    const base = Object.entries(view.base).filter(([, rows]) => rows.size > 0);
    expect(Object.fromEntries(base)).toEqual(truth);
  }
}

const putFolderBack = async (copy: string) => {
  await server.stop();
  await server.restore(copy);
  await server.start();
  return server;
};

const noteOf = ({ devices: [planner], world }: Drilled) =>
  planner.view.base.chapter_schedules.get(world.schedules[0])?.note;

test('devices whose server fell back bring back what it lost, each edit once', async () => {
  const drilled = await drill({ code: 'AHEAD', putBack: putFolderBack, returning: 'planner first' });
  const [planner, lead] = drilled.devices;
  expect(planner.resets).toContain('ahead');
  expect(Object.values(drilled.outcomes).filter((outcome) => outcome === 'refused')).toEqual([]);
  expect(drilled.outcomes['Note of the lead']).toBe('conflict');
  expect(drilled.outcomes['Take mine']).toBe('applied');
  expect(noteOf(drilled)).toBe('Lead');
  expect(lead.view.refused).toEqual([]);
});

/** Others work on the restored server until its rev is above all that the devices have seen. */
const workElsewhere = async (database: OwnServer, plan: string) => {
  for (let i = 0; i < 40; i += 1) {
    const edits = [edit(1, [addPhase(randomUUID(), `X${i}`)])];
    await sync(database.host, { plan, client: randomUUID(), edits });
  }
};

test('a history that was written again is noticed by its hash, though nobody said that it was restored', async () => {
  const drilled = await drill({
    code: 'HASH',
    putBack: putFolderBack,
    meanwhile: workElsewhere,
    returning: 'planner first',
  });
  for (const { resets } of drilled.devices) {
    expect(resets).toContain('epoch');
    expect(resets).not.toContain('ahead');
  }
  expect(Object.values(drilled.outcomes)).not.toContain('refused');
  expect(noteOf(drilled)).toBe('Lead');
});

test('whoever returns first, no edit is lost unseen', async () => {
  const drilled = await drill({ code: 'ORDER', putBack: putFolderBack, returning: 'lead first' });
  const [, lead] = drilled.devices;
  const refused = Object.entries(drilled.outcomes).flatMap(([label, outcome]) =>
    outcome === 'refused' ? [label] : [],
  );
  // What the lead's note met is not back yet, so there is no conflict to settle; the planner's note makes one.
  expect(refused).toEqual(['Take mine']);
  expect(lead.view.refused.map(({ edit: { label } }) => label)).toEqual(refused);
  expect(drilled.outcomes['Note of the planner']).toBe('conflict');
  expect(noteOf(drilled)).toBe('Lead');
});

test('an edit on a row that another device brings back later waits for it', async () => {
  const label = 'Schedule of a new chapter';
  const also = async (planner: Device, _lead: Device, { iteration }: World) => {
    const chapter = found([...planner.view.rows.chapters.values()].find(({ code }) => code === 'N1'));
    const times = { planned_start: START, planned_end: START + 30 };
    await planner.edit(label, [
      insertRow('chapter_schedules', scheduleId(iteration, chapter.id), {
        chapter_id: chapter.id,
        iteration_id: iteration,
        ...times,
      }),
    ]);
    await planner.sync();
  };
  const drilled = await drill({ code: 'DEPENDS', putBack: putFolderBack, returning: 'planner first', also });
  const [planner] = drilled.devices;
  expect(drilled.outcomes[label]).toBe('applied');
  expect(planner.view.refused).toEqual([]);
});

test('an administrator who gives the history a new epoch has everything offered again, each edit once', async () => {
  const putBack = async (copy: string) => {
    await putFolderBack(copy);
    await server.admin.query('select api.new_epoch()');
    return server;
  };
  const drilled = await drill({ code: 'EPOCH', putBack, returning: 'planner first' });
  for (const { resets } of drilled.devices) expect(resets).toContain('epoch');
  expect(Object.values(drilled.outcomes)).not.toContain('refused');
  expect(noteOf(drilled)).toBe('Lead');
});

/** Every row of one database in another, as a dump and its restore would bring them. */
async function copyRows(from: OwnServer, to: OwnServer): Promise<void> {
  const reading = await from.admin.connect();
  const writing = await to.admin.connect();
  const { rows: tables } = await reading.query(
    `select oid::regclass::text as name from pg_class
     where relnamespace = 'macroplan'::regnamespace and relkind = 'r' order by 1`,
  );
  await writing.query('begin');
  // No trigger fires and no reference is checked, as in a restore.
  await writing.query('set local session_replication_role = replica');
  for (const { name } of tables) await writing.query(`delete from ${name}`);
  for (const { name } of tables) {
    const { rows } = await reading.query(`select coalesce(json_agg(t), '[]')::text as all from ${name} as t`);
    await writing.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1)`, [rows[0].all]);
  }
  await writing.query('commit');
  reading.release();
  writing.release();
}

test('a dump that was restored into another server gets a new epoch by itself', async () => {
  const putBack = async (copy: string) => {
    await putFolderBack(copy);
    await copyRows(server, elsewhere);
    return elsewhere;
  };
  const epochOf = async ({ admin }: OwnServer) => (await admin.query('select epoch from macroplan.meta')).rows[0].epoch;
  const drilled = await drill({ code: 'DUMP', putBack, returning: 'planner first' });
  expect(await epochOf(elsewhere)).not.toBe(await epochOf(server));
  for (const { resets } of drilled.devices) expect(resets).toContain('epoch');
  expect(Object.values(drilled.outcomes)).not.toContain('refused');
  expect(noteOf(drilled)).toBe('Lead');
});
