/** Two people work, meet in a conflict and get mails; one asks to be forgotten by name: through the host, the command and the verifier. */
import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkPlan } from '../../migrations/invariants.ts';
import { Device } from '../../migrations/restore-device.ts';
import { ADMIN, askJson, createScheduledPlan, START, who, write } from '../../migrations/test-plan.ts';
import { writeLogFile } from '../../src/store/exchange/log-file.ts';
import type { LogEvent } from '../../src/store/log-event.ts';
import { setFields } from '../../src/store/ops.ts';
import { BASE_PATH } from '../host/base-path.ts';
import { freshBrowserBuild } from '../host/browser-build.ts';
import { type Host, startHost } from '../host/server.ts';
import { ROOT } from '../root.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { readErasures } from './erasures-file.ts';

const NAME = 'Planner A';
let database: TestDatabase;
let host: Host;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-erase-'));
  database = await createDatabase();
  host = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild() });
});

afterAll(async () => {
  await host.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function erase(...args: readonly string[]): Promise<string> {
  const ran = promisify(execFile)(process.execPath, ['build.mjs', 'run', 'infra/erasing/erase-command.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: database.url, MACROPLAN_BACKUP_DIR: folder },
  });
  return (await ran).stdout;
}

interface World {
  readonly plan: string;
  readonly a: Device;
  readonly b: Device;
  readonly lead: Device;
}

/** Planner A has a conflict, lines of the log, an address for mails, and a mail that waits; B typed the name in a note. */
async function makeWorld(code: string): Promise<World> {
  const { plan } = await createScheduledPlan(database, { code, title: 'Stop feeds' });
  const members = ['planner-a', 'planner-b'].map((user) => ({ principal: `user:${user}`, role: 'planner' }));
  await write(
    database,
    plan,
    [...members, { principal: 'user:lead', role: 'lead' }].map((row) => ['plan_members', randomUUID(), row] as const),
  );
  const body = {
    add: [
      { id: randomUUID(), event: 'conflict', audience: 'address', email: 'a@bank.example', user_key: 'planner-a' },
      { id: randomUUID(), event: 'conflict', audience: 'address', email: 'lead@bank.example', user_key: 'lead' },
    ],
  };
  await askJson(database.host, 'change_recipients', [ADMIN, plan, JSON.stringify(body)]);
  const hostUrl = () => host.url;
  const [a, b, lead] = await Promise.all(
    ['planner-a', 'planner-b', 'lead'].map((userKey) => Device.open({ userKey, planId: plan, hostUrl })),
  );
  if (!a || !b || !lead) throw new Error('three devices');
  for (const device of [a, b, lead]) await device.sync();
  await device(a, { note: 'One' });
  await a.sync();
  await b.sync();
  await device(a, { planned_start: START + 10, planned_end: START + 310 });
  await device(b, { planned_start: START + 20, planned_end: START + 320, note: 'Ask planner a about it' });
  for (const each of [b, a, lead]) await each.sync();
  await database.admin.query(`select macroplan.gather_mails(interval '0')`);
  // The night of an address that is A's: its hours, and what they hold.
  const quiet = [{ id: randomUUID(), email: 'a@bank.example', quiet_from: 0, quiet_to: 1439, zone: 'UTC' }];
  await askJson(database.host, 'change_recipients', [ADMIN, plan, JSON.stringify({ quiet })]);
  await database.admin.query(
    `insert into macroplan.mail_held (plan_id, email, key, held_at)
     select plan_id, 'a@bank.example', key, now() from macroplan.mail_notices where plan_id = $1`,
    [plan],
  );
  return { plan, a, b, lead };
}

async function device(of: Device, fields: object): Promise<void> {
  const [row] = [...of.view.rows.chapter_schedules.values()];
  if (row === undefined) throw new Error('no schedule');
  await of.edit('Change', [setFields('chapter_schedules', row, fields)]);
}

const conflictOf = ({ view }: Device) => [...view.rows.conflicts.values()][0];
const verify = (plan: string) =>
  askJson<{ ok: boolean; head: string; sealed?: number }>(database.host, 'verify', [ADMIN, plan]);

/** What the program beside the documents says of the log, as somebody would save it. */
async function verified(plan: string, head: string, change = (events: LogEvent[]): readonly LogEvent[] => events) {
  const { events } = await askJson<{ events: LogEvent[] }>(database.host, 'events', [ADMIN, plan, null, 1000, null]);
  const file = path.join(folder, 'log.json');
  const log = JSON.parse(writeLogFile(events.reverse(), { planId: plan, planCode: 'X', at: 0 }));
  await writeFile(file, JSON.stringify({ ...log, events: change(log.events) }));
  const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'docs/verify-log.mjs'), file, head], {
    encoding: 'utf8',
  });
  return { status, said: stdout.trim() };
}

/** Rows of any table whose text holds the name, found without the function that the command asks. */
async function rowsWith(name: string): Promise<readonly string[]> {
  const { rows: tables } = await database.admin.query(`select tablename from pg_tables where schemaname = 'macroplan'`);
  const found: string[] = [];
  for (const { tablename } of tables) {
    const { rows } = await database.admin.query(
      `select from macroplan.${tablename} as t where strpos(to_jsonb(t)::text, $1) > 0`,
      [name],
    );
    if (rows.length > 0) found.push(`${tablename}: ${rows.length}`);
  }
  return found;
}

/** Everything in the databases of the device that was opened last. */
async function diskText(): Promise<string> {
  const texts: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open(name ?? '');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    for (const store of database.objectStoreNames) {
      texts.push(
        await new Promise<string>((done) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => done(JSON.stringify(reading.result));
        }),
      );
    }
    database.close();
  }
  return texts.join('\n');
}

/** Lines as builds wrote them whose hashes covered names: with their formula, and no form. */
async function makeOld(plan: string): Promise<void> {
  const client = await database.admin.connect();
  await client.query('set session_replication_role = replica');
  await client.query('update macroplan.event_log set form = null where plan_id = $1', [plan]);
  const { rows } = await client.query('select rev, n from macroplan.event_log where plan_id = $1 order by rev, n', [
    plan,
  ]);
  for (const { rev, n } of rows) {
    await client.query(
      `update macroplan.event_log as e
       set hash = macroplan.event_hash((
         select hash from macroplan.event_log as p
         where p.plan_id = $1 and (p.rev, p.n) < ($2, $3) order by p.rev desc, p.n desc limit 1
       ), e)
       where plan_id = $1 and rev = $2 and n = $3`,
      [plan, rev, n],
    );
  }
  await client.query('reset session_replication_role');
  client.release();
}

async function tamper(statement: string, plan: string): Promise<void> {
  const client = await database.admin.connect();
  await client.query('set session_replication_role = replica');
  await client.query(statement, [plan]);
  await client.query('reset session_replication_role');
  client.release();
}

afterEach(async () => {
  await database.admin.query(
    'select macroplan.unerase_person(user_key) from macroplan.erasures where revoked_at is null',
  );
});

test('an erased name is nowhere but in what people typed, and a head noted before still proves the log', async () => {
  const { plan, a, b, lead } = await makeWorld('NEW');
  expect(conflictOf(lead)).toMatchObject({ author: 'planner-a', author_name: NAME, state: 'open' });
  // Somebody who comes now is given the conflict in a stored snapshot.
  await database.admin.query('delete from macroplan.snapshots');
  const admin = await Device.open({ userKey: 'admin', planId: plan, hostUrl: () => host.url });
  await admin.sync();
  expect((await rowsWith(NAME)).map((row) => row.replace(/:.*/, ''))).toEqual(
    expect.arrayContaining(['conflicts', 'event_log', 'mail_notices', 'snapshot_parts']),
  );
  const { head } = await verify(plan);
  await device(a, { note: 'Made offline, before the erasure' });
  await lead.reopen();
  expect(await diskText()).toContain(NAME);

  const said = await erase('--user', 'planner-a');
  expect(said).toMatch(/The name is erased\. Plans that had it: 1\./);
  expect(said).toMatch(/Left as it is.*\n {2}chapter_schedules\.note .*\n {2}event_log\.after /);
  expect(await rowsWith(NAME)).toEqual([]);
  expect(await rowsWith('a@bank.example')).toEqual([]);
  expect(await rowsWith('lead@bank.example')).not.toEqual([]);

  expect(await verify(plan)).toMatchObject({ ok: true });
  expect(await verify(plan)).not.toHaveProperty('sealed');
  const proof = await verified(plan, head);
  expect(proof).toMatchObject({ status: 0, said: expect.stringContaining(`${head} was its head at rev`) });
  expect(proof.said).not.toContain('erased');

  for (const each of [lead, b]) await each.sync();
  expect(conflictOf(lead)).toMatchObject({ author: 'planner-a', author_name: 'Erased person', state: 'open' });
  expect(lead.resets.at(-1)).toBe('horizon');
  await lead.reopen();
  expect(await diskText()).not.toContain(NAME);
  expect(conflictOf(lead)).toMatchObject({ author_name: 'Erased person' });

  await a.sync();
  expect(a.view.queue).toEqual([]);
  await lead.sync();
  expect(lead.view.events[0]).toMatchObject({ actor: 'planner-a', actor_name: 'Erased person' });
  const plans = await fetch(`${host.url.replace('localhost', '127.0.0.1')}${BASE_PATH}/plans`, {
    headers: { 'x-macroplan-dev-user': 'planner-a' },
  });
  expect(await plans.json()).toMatchObject({ user: { key: 'planner-a', name: 'Erased person' } });
  expect(await rowsWith(NAME)).toEqual([]);
  await checkPlan(database.admin, plan);

  const { rows } = await database.admin.query(
    `select label, actor, erasure ->> 'user_key' as user_key from macroplan.event_log where erasure is not null`,
  );
  expect(rows).toEqual([{ label: "Erase a person's name", actor: 'system', user_key: 'planner-a' }]);
  expect(await readFile(path.join(folder, 'erasures.jsonl'), 'utf8')).not.toContain(NAME);
});

test('erasing once more changes nothing, and a person is named again from when it is undone', async () => {
  const { plan, a } = await makeWorld('AGAIN');
  await erase('--user', 'planner-a');
  const { head } = await verify(plan);
  expect(await erase('--user', 'planner-a', '--name', 'planner a')).toMatch(/Plans that had it: 0\.\nLeft as it is/);
  expect((await verify(plan)).head).toBe(head);
  expect(await readErasures(path.join(folder, 'erasures.jsonl'), { mustBeThere: true })).toEqual(['planner-a']);

  expect(await erase('--undo', '--user', 'planner-a')).toContain('named again');
  expect(await readErasures(path.join(folder, 'erasures.jsonl'), { mustBeThere: true })).toEqual([]);
  await a.sync();
  await device(a, { note: 'Back' });
  await a.sync();
  const { rows } = await database.admin.query(
    `select distinct actor_name from macroplan.event_log where plan_id = $1 and actor = 'planner-a' order by 1`,
    [plan],
  );
  expect(rows.map(({ actor_name }) => actor_name)).toEqual(['Erased person', NAME]);
  await checkPlan(database.admin, plan);
});

test('where hashes of an older build covered the name, the erasure vouches for what they say, and it is told', async () => {
  const { plan, a } = await makeWorld('OLD');
  await makeOld(plan);
  const { head } = await verify(plan);
  expect(await verified(plan, head)).toMatchObject({ status: 0 });
  await erase('--user', 'planner-a');
  expect(await rowsWith(NAME)).toEqual([]);
  const after = await verify(plan);
  expect(after).toMatchObject({ ok: true, sealed: 2 });
  const old = await verified(plan, head);
  expect(old).toMatchObject({ status: 0, said: expect.stringMatching(/the hashes of 2 events covered a name/) });
  expect(old.said).toContain('is vouched for by the erasure at rev');
  expect((await verified(plan, after.head)).said).toContain('is proved only through the erasure at rev');

  const alter = (change: (event: LogEvent & { form?: number }) => object) => (events: LogEvent[]) =>
    events.map((event) => ({ ...event, ...change(event) }));
  const forged: readonly ((event: LogEvent & { form?: number }) => object)[] = [
    ({ form, label }) => ({ label: form === 0 ? 'Forged' : label }),
    ({ form, rev }) => ({ form: form === 1 && rev > 1 ? 0 : form }),
    ({ form }) => ({ ...(form === 0 ? { hash: 'ab'.repeat(32) } : {}) }),
    ({ form, label }) => ({ label: form === 1 ? 'Forged' : label }),
  ];
  for (const change of forged) {
    expect(await verified(plan, head, alter(change)), change.toString()).toMatchObject({ status: 1 });
  }
  await a.sync();
  await checkPlan(database.admin, plan);

  // A second person's erasure vouches for both.
  await erase('--user', 'planner-b');
  expect(await verify(plan)).toMatchObject({ ok: true, sealed: 3 });
  expect(await verified(plan, head)).toMatchObject({ status: 0 });
  await checkPlan(database.admin, plan);

  await tamper(
    `update macroplan.event_log set label = 'Forged' where plan_id = $1 and form = 0 and actor = 'planner-a'`,
    plan,
  );
  expect(await verify(plan)).toMatchObject({ ok: false, reason: expect.stringContaining('names were erased') });
  for (const key of ['planner-a', 'planner-b'])
    await database.admin.query('select macroplan.unerase_person($1)', [key]);
});

test('a log that somebody altered is not vouched for: nothing is erased, and it is said why', async () => {
  const { plan } = await makeWorld('BROKEN');
  await tamper(`update macroplan.event_log set label = 'Forged' where plan_id = $1 and rev = 2 and n = 1`, plan);
  await expect(erase('--user', 'planner-a')).rejects.toThrow(/is broken at revision 2: altered\. Nothing was erased\./);
  expect(await rowsWith(NAME)).not.toEqual([]);
  const { rows } = await database.admin.query('select from macroplan.erasures where revoked_at is null');
  expect(rows).toEqual([]);
});

test('a mail that the erased person sent is by nobody, and one by their successor is not', async () => {
  const { plan } = await createScheduledPlan(database, { code: 'MAILS', title: 'Stop feeds' });
  await write(database, plan, [['plan_members', randomUUID(), { principal: 'user:zoe', role: 'lead' }]]);
  const show = (userKey: string) =>
    database.admin
      .query(
        `select api.show_table($1, $2, (select id::text from macroplan.iterations where plan_id::text = $2), 'page') as html`,
        [{ ...who(userKey), user_key: userKey }, plan],
      )
      .then(({ rows }) => rows[0].html as string);
  expect(await show('zoe')).toContain('by Name of zoe');
  await database.admin.query(`select macroplan.erase_person('zoe')`);
  expect(await show('zoe')).toContain('by Erased person');
  expect(await show('admin')).toContain('by Name of admin');
});

test('who set quiet hours, and took them away, is by no name any more', async () => {
  const { plan } = await makeWorld('QUIET');
  const zoe = { user_key: 'zoe', display_name: 'Zoe Night', groups: [] };
  await write(database, plan, [['plan_members', randomUUID(), { principal: 'user:zoe', role: 'lead' }]]);
  const id = randomUUID();
  const quiet = [{ id, email: 'lead@bank.example', quiet_from: 0, quiet_to: 60, zone: 'UTC' }];
  for (const body of [{ quiet }, { remove: [id] }]) {
    await askJson(database.host, 'change_recipients', [zoe, plan, JSON.stringify(body)]);
  }
  expect(await rowsWith('Zoe Night')).toHaveLength(1);
  expect(await erase('--user', 'zoe')).toContain('The name is erased.');
  expect(await rowsWith('Zoe Night')).toEqual([]);
  expect(await rowsWith('Erased person')).not.toEqual([]);
});

test('a name that is the key but for capitals is not looked for, and a word that stands everywhere does not fill the screen', async () => {
  expect(await erase('--user', 'zed', '--name', 'ZED')).toContain(
    '\nNo name of this person but the key is known here;',
  );
  const said = await erase('--user', 'zed', '--name', 'e');
  expect(said).toMatch(/ {2}fields\.field in \d+ more rows\n/);
  expect(said.match(/ {2}fields\.field \{/g)).toHaveLength(20);
});
