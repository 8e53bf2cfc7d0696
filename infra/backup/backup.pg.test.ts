/** Backups of a database that is in use, and what a restore refuses. */
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkPlan, contents, stateAt } from '../../migrations/invariants.ts';
import { makeTables, migrate } from '../../migrations/migrate.ts';
import { ADMIN, addPhase, ask, createPlan, edit, readDelta, sync } from '../../migrations/test-plan.ts';
import { connected } from '../postgres/connected.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { writeBackup } from './backup.ts';
import { type Restored, restoreBackup } from './restore.ts';
import { makeVerifiedBackup } from './verified-backup.ts';

let folder: string;
let database: TestDatabase;
let empty: TestDatabase;
let plan: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-backup-'));
  [database, empty] = [await createDatabase(), await createDatabase({ template: 'template0' })];
  plan = await createPlan(database.host, 'KEPT');
  await work(0, 5);
});
afterEach(async () => {
  await Promise.all([database.drop(), empty.drop()]);
  await rm(folder, { recursive: true, force: true });
});

async function work(from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 1) {
    const edits = [edit(1, [addPhase(randomUUID(), `P${i}`)])];
    await sync(database.host, { plan, client: randomUUID(), edits });
  }
}

const place = () => path.join(folder, 'one');
const backUp = () => connected(database.url, (client) => writeBackup(client, place()));
const restore = (): Promise<Restored> => connected(empty.url, (client) => restoreBackup(client, place()));
const verified = (now: string, more: { keep?: number; scratchUrl?: string | null } = {}) =>
  makeVerifiedBackup(database.url, { folder, keep: 14, scratchUrl: null, ...more }, new Date(now));

async function truth({ host, admin }: TestDatabase): Promise<object> {
  const { rev } = await readDelta(host, plan, null);
  return contents(await stateAt(admin, plan, rev));
}

test('what comes back is the plan as it was when the backup began, with its log, and keeps every promise', async () => {
  const before = await truth(database);
  await backUp();
  await work(5, 8);
  const { manifest, faults } = await restore();
  expect(faults).toEqual([]);
  expect(await truth(empty)).toEqual(before);
  await checkPlan(empty.admin, plan);
  expect(manifest.plans).toMatchObject([{ plan_id: plan }]);
  const epochs = [database, empty].map(
    async ({ admin }) => (await admin.query('select epoch from macroplan.meta')).rows,
  );
  const [was, is] = await Promise.all(epochs);
  expect(is).not.toEqual(was);
});

test('a backup is one moment, though people edit while it is written', async () => {
  let isBusy = true;
  const busy = (async () => {
    for (let i = 100; isBusy; i += 1) await work(i, i + 1);
  })();
  try {
    await backUp();
  } finally {
    isBusy = false;
    await busy;
  }
  expect((await restore()).faults).toEqual([]);
  await checkPlan(empty.admin, plan);
});

test('mails that were due, and those about to be made, are held, since they may have gone out', async () => {
  await database.admin.query(
    `insert into macroplan.mail_outbox (plan_id, dedupe_key, recipient, subject, body)
     values ($1, 'a', 'a@example.com', 'S', '{}')`,
    [plan],
  );
  await list(database, 'phase@example.com');
  await database.admin.query(
    `insert into macroplan.mail_notices (plan_id, key, event, mode, rev, at, actor, actor_name, facts)
     values ($1, gen_random_uuid(), 'conflict', 'on', 1, now(), 'kim', 'Kim', '{}')`,
    [plan],
  );
  await backUp();
  expect((await restore()).heldMails).toBe(2);
  const { rows } = await empty.admin.query('select recipient, state from macroplan.mail_outbox order by 1');
  expect(rows).toEqual([
    { recipient: 'a@example.com', state: 'parked' },
    { recipient: 'phase@example.com', state: 'parked' },
  ]);
  const ids = async ({ admin }: TestDatabase) => (await admin.query('select id from macroplan.mail_outbox')).rows;
  // What the other database makes of the same notices is the same mail, for whoever got it already.
  await database.admin.query(`select macroplan.gather_mails(interval '0')`);
  expect(await ids(empty)).toEqual(expect.arrayContaining(await ids(database)));
});

test('what quiet hours held then is held for a person too, since they may have ended since', async () => {
  await list(database, 'night@example.com', 'moved');
  const minute = Math.floor(Date.now() / 60_000) % 1440;
  const hours = { quiet_from: (minute + 1380) % 1440, quiet_to: (minute + 60) % 1440, zone: 'UTC' };
  const quiet = [{ id: randomUUID(), email: 'night@example.com', ...hours }];
  await ask(database.host, 'change_recipients', [ADMIN, plan, JSON.stringify({ quiet })]);
  const key = randomUUID();
  await database.admin.query(
    `insert into macroplan.mail_notices (plan_id, key, event, mode, rev, at, actor, actor_name, facts, gathered_at)
     values ($1, $2, 'moved', 'on', 1, now(), 'kim', 'Kim', '{}', now())`,
    [plan, key],
  );
  await database.admin.query(`insert into macroplan.mail_held values ($1, 'night@example.com', $2, now())`, [
    plan,
    key,
  ]);
  await backUp();
  expect((await restore()).heldMails).toBe(1);
  const { rows } = await empty.admin.query('select recipient, state from macroplan.mail_outbox');
  expect(rows).toEqual([{ recipient: 'night@example.com', state: 'parked' }]);
  expect((await empty.admin.query('select from macroplan.mail_held')).rowCount).toBe(0);
});

async function list({ host }: TestDatabase, email: string, event = 'conflict'): Promise<void> {
  const add = [{ id: randomUUID(), event, audience: 'address', email }];
  await ask(host, 'change_recipients', [ADMIN, plan, JSON.stringify({ add })]);
}

test('an older build’s backup becomes a database of today', async () => {
  const old = await createDatabase({ template: 'template0' });
  try {
    const { rows } = await database.admin.query(
      `select name, checksum from macroplan.migrations where name ~ '^000[1-5]' order by name`,
    );
    await connected(old.url, async (client) => {
      await makeTables(client, rows);
      await client.query(`insert into macroplan.plan_heads (plan_id) values ('${plan}')`);
      await writeBackup(client, place());
    });
    expect((await restore()).faults).toEqual([]);
    // Column of a later file, with its default.
    expect((await empty.admin.query('select tidied_at is not null as it from macroplan.plan_heads')).rows).toEqual([
      { it: true },
    ]);
  } finally {
    await old.drop();
  }
});

describe('a restore refuses and changes nothing', () => {
  const untouched = async () => {
    const { rows } = await empty.admin.query(`select to_regnamespace('macroplan') as it`);
    expect(rows).toEqual([{ it: null }]);
  };

  test('where a file is not what was written', async () => {
    await backUp();
    await appendFile(path.join(place(), 'event_log.copy.gz'), 'x');
    await expect(restore()).rejects.toThrow(/event_log\.copy\.gz is damaged/);
    await untouched();
  });

  test('where a file is missing', async () => {
    await backUp();
    await rm(path.join(place(), 'receipts.copy.gz'));
    await expect(restore()).rejects.toThrow(/receipts\.copy\.gz is damaged/);
    await untouched();
  });

  test('where the backup was cut off', async () => {
    await mkdir(place());
    await expect(restore()).rejects.toThrow(/no whole backup/);
    await untouched();
  });

  test('where a newer Macroplan made it', async () => {
    await backUp();
    const file = path.join(place(), 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    manifest.migrations.push({ name: '9999-of-tomorrow.sql', checksum: 'x' });
    await writeFile(file, JSON.stringify(manifest));
    await expect(restore()).rejects.toThrow(/9999-of-tomorrow\.sql made these tables/);
    await untouched();
  });

  test('where the database holds a plan', async () => {
    await backUp();
    const before = await truth(database);
    await expect(connected(database.url, (client) => restoreBackup(client, place()))).rejects.toThrow(
      /holds plans already \(1\)/,
    );
    expect(await truth(database)).toEqual(before);
  });
});

test('a restore that broke off is made up for by the next, and so is a host that had started once', async () => {
  await backUp();
  await connected(empty.url, (client) => migrate(client));
  expect((await restore()).faults).toEqual([]);
});

describe('a verified backup', () => {
  test('lets the oldest go once it is verified, and what has another name stays', async () => {
    await mkdir(path.join(folder, 'notes'));
    await verified('2026-01-01T00:00:00Z', { keep: 2 });
    await verified('2026-01-02T00:00:00Z', { keep: 2 });
    expect((await verified('2026-01-03T00:00:00Z', { keep: 2 })).gone).toEqual(['macroplan-2026-01-01T000000Z']);
    expect((await readdir(folder)).sort()).toEqual([
      'macroplan-2026-01-02T000000Z',
      'macroplan-2026-01-03T000000Z',
      'notes',
    ]);
    const { rows } = await database.admin.query(`select from pg_database where datname like 'macroplan_check_%'`);
    expect(rows).toEqual([]);
  });

  test('of a log that somebody rewrote is none, and the good ones stay', async () => {
    await verified('2026-01-01T00:00:00Z', { keep: 1 });
    await database.admin.query('alter table macroplan.event_log disable trigger a_keep_line');
    await database.admin.query(`update macroplan.event_log set actor = 'nobody' where rev = 3`);
    await expect(verified('2026-01-02T00:00:00Z', { keep: 1 })).rejects.toThrow(
      /is not to be trusted\. The log of plan .* is broken at revision 3: altered\./,
    );
    expect(await readdir(folder)).toContain('macroplan-2026-01-01T000000Z');
  });

  test('of rows that somebody changed behind the log is none', async () => {
    await database.admin.query('alter table macroplan.phases disable trigger user');
    await database.admin.query(`update macroplan.phases set name = 'Quietly' where code = 'P2'`);
    await expect(verified('2026-01-02T00:00:00Z')).rejects.toThrow(
      /In plan .* rows are not what its log makes of them \(1\)/,
    );
  });

  test('of a database without a plan is none, and leaves nothing', async () => {
    await connected(empty.url, (client) => migrate(client));
    const settings = { folder, keep: 1, scratchUrl: null };
    await expect(makeVerifiedBackup(empty.url, settings, new Date())).rejects.toThrow(/holds no plan/);
    expect(await readdir(folder)).toEqual([]);
  });
});
