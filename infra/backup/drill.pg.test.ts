/**
 * The drill of the commands: a real host on its own PostgreSQL, `npm run backup` while it runs, work that goes on, the data
 * folder gone, `npm run restore`, a host again, and two devices that bring back what the backup did not have.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPlan, contents, stateAt } from '../../migrations/invariants.ts';
import { Device } from '../../migrations/restore-device.ts';
import { insertRow, setFields } from '../../src/store/ops.ts';
import { BASE_PATH } from '../host/base-path.ts';
import { reachPostgres } from '../postgres/reach.ts';
import { ROOT } from '../root.ts';

let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-drill-'));
  await chmod(folder, 0o711);
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const dataDir = () => path.join(folder, 'data');
const backups = () => path.join(folder, 'backups');
const environment = () => ({
  ...process.env,
  PORT: '0',
  DATABASE_URL: '',
  MACROPLAN_DATA_DIR: dataDir(),
  MACROPLAN_BACKUP_DIR: backups(),
  MACROPLAN_SEED: started.length === 0 ? 'demo' : 'none',
});

async function command(name: string, ...args: readonly string[]): Promise<string> {
  const file = `infra/${name === 'erase' ? 'erasing' : 'backup'}/${name}-command.ts`;
  const ran = promisify(execFile)(process.execPath, ['build.mjs', 'run', file, ...args], {
    cwd: ROOT,
    env: environment(),
  });
  return (await ran).stdout;
}

interface RunningHost {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

async function startHost(): Promise<RunningHost> {
  const child = spawn(process.execPath, ['build.mjs', 'run', 'infra/host/start.ts'], { cwd: ROOT, env: environment() });
  started.push(child);
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/ready at/);
  return {
    url: /ready at (http:\S+?)\/ /.exec(said)?.[1] ?? '',
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function demoPlan(hostUrl: string): Promise<string> {
  const reply = await fetch(`${hostUrl}${BASE_PATH}/plans`, { headers: { 'x-macroplan-dev-user': 'lead' } });
  return Object(await reply.json()).plans[0].id;
}

async function note(device: Device, text: string): Promise<void> {
  const [row] = [...device.view.rows.chapter_schedules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (row === undefined) throw new Error('the demo plan has no schedules');
  await device.edit(text, [setFields('chapter_schedules', row, { note: text })]);
}

async function addTeam(device: Device, code: string): Promise<void> {
  await device.edit(code, [insertRow('teams', randomUUID(), { code, name: code })]);
}

test('after the data folder is gone, a backup and the devices bring back every edit', async () => {
  let host = await startHost();
  const planId = await demoPlan(host.url);
  const hostUrl = () => host.url;
  const lead = await Device.open({ userKey: 'lead', planId, hostUrl });
  const planner = await Device.open({ userKey: 'planner-a', planId, hostUrl });
  await addTeam(lead, 'BEFORE');
  for (const device of [lead, planner]) await device.sync();
  await note(planner, 'Seen by the backup');
  await planner.sync();

  const backedUp = await command('backup');
  expect(backedUp).toMatch(/was restored once and found whole \(plans: 1, rows: \d+\)/);

  for (let i = 0; i < 5; i += 1) {
    await addTeam(lead, `AFTER${i}`);
    await lead.sync();
  }
  await planner.sync();
  await note(planner, 'Seen by the old server only');
  await planner.sync();
  await lead.sync();
  expect(await command('erase', '--user', 'planner-a')).toMatch(/The name is erased\. Plans that had it: 1\./);
  await addTeam(lead, 'OFFLINE');
  const lost = [...lead.edits.slice(1), ...planner.edits.slice(1)];

  await host.stop();
  await rm(dataDir(), { recursive: true });
  const began = performance.now();
  const name = (await readdir(backups())).find((each) => each.startsWith('macroplan-')) ?? '';
  expect(await command('restore', path.join(backups(), name))).toMatch(
    /^Restored: .* \(plans: 1, .*\n.*folds to the rows.*\nNames erased again: 1\./s,
  );
  host = await startHost();
  const backAfter = performance.now() - began;
  for (const device of [planner, lead, planner]) {
    await device.reopen();
    await device.sync();
  }

  const own = await reachPostgres(dataDir());
  const admin = new pg.Pool({ connectionString: own.url });
  // The server may end a connection that is just being closed.
  admin.on('error', () => undefined);
  const { rows } = await admin.query(
    'select edit_id, outcome, rev::int from macroplan.receipts where edit_id = any($1)',
    [lost.map(({ id }) => id)],
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual(lost.map(() => 'applied'));
  await checkPlan(admin, planId);
  const { rows: names } = await admin.query(
    `select distinct actor_name as name from macroplan.event_log where actor = 'planner-a'`,
  );
  expect(names).toEqual([{ name: 'Erased person' }]);
  const { rows: places } = await admin.query(`select * from macroplan.find_text('{Planner A}')`);
  expect(places).toEqual([]);
  const truth = contents(await stateAt(admin, planId, lead.view.rev));
  for (const { view } of [lead, planner]) {
    expect(view.queue).toEqual([]);
    expect(Object.fromEntries(Object.entries(view.base).filter(([, table]) => table.size > 0))).toEqual(truth);
  }
  await admin.end();
  await host.stop();
  console.log(
    `drill: ${lost.length} edits that the backup did not have, ${rows.length} offered again and applied; ` +
      `restored, checked and serving again after ${(backAfter / 1_000).toFixed(1)} s`,
  );

  // Once more over what is there now.
  await expect(command('restore', path.join(backups(), name))).rejects.toThrow(/holds plans already \(1\)/);
  expect(await command('restore', '--check', path.join(backups(), name))).toMatch(/^Tried out: .* \(plans: 1, /);
});
