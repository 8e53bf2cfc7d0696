import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { type Postgres, startPostgres } from './embedded.ts';

let folder: string;
const running: Postgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'macroplan-embedded-'));
  await chmod(folder, 0o711);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<Postgres> {
  const server = await startPostgres({ dataDir });
  running.push(server);
  return server;
}

async function query(url: string, text: string): Promise<readonly { readonly [column: string]: unknown }[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  return (await client.query(text).finally(() => client.end())).rows;
}

const readPid = async (cluster: string) =>
  Number.parseInt(await readFile(path.join(cluster, 'postmaster.pid'), 'utf8'), 10);

test('what was written is there after a stop and a start, under the same passwords', async () => {
  const first = await start(folder);
  await query(first.url, 'create table kept as select 7 as it');
  await first.stop();
  const second = await start(folder);
  expect(await query(second.url, 'select it from kept')).toEqual([{ it: 7 }]);
  expect(second.hostPassword).toBe(first.hostPassword);
  expect((await stat(path.join(folder, 'postgres-passwords'))).mode & 0o777).toBe(0o600);
});

test('text is UTF-8 and sorts by bytes', async () => {
  const { url } = await start(folder);
  const rows = await query(
    url,
    `select datcollate, current_setting('server_encoding') as encoding from pg_database where datname = 'macroplan'`,
  );
  expect(rows).toEqual([{ datcollate: 'C', encoding: 'UTF8' }]);
});

test('the server listens to this machine only and asks for the password', async () => {
  const { url } = await start(folder);
  const wrong = Object.assign(new URL(url), { password: 'wrong' }).href;
  await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect(await query(url, `select setting from pg_settings where name = 'listen_addresses'`)).toEqual([
    { setting: '127.0.0.1' },
  ]);
});

test('a server that was killed starts again with everything that was committed', async () => {
  const first = await start(folder);
  await query(first.url, 'create table kept as select 7 as it');
  process.kill(await readPid(path.join(folder, 'postgres')), 'SIGKILL');
  const second = await start(folder);
  expect(await query(second.url, 'select it from kept')).toEqual([{ it: 7 }]);
});

test('a server goes when its starter is killed, and the next starter gets the folder', async () => {
  const child = spawn(process.execPath, ['build.mjs', 'run', 'infra/postgres/hold-command.ts', folder], { cwd: ROOT });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const pid = await readPid(path.join(folder, 'postgres'));
  child.kill('SIGKILL');
  await start(folder);
  expect(await readPid(path.join(folder, 'postgres'))).not.toBe(pid);
});

test('a folder that another server uses is refused in one sentence', async () => {
  await start(folder);
  await expect(start(folder)).rejects.toThrow(
    /^The data folder .* is in use by a running PostgreSQL \(process \d+\); .*\.$/,
  );
});

test("a lock file whose number now belongs to another program does not count as a server's", async () => {
  const first = await start(folder);
  await first.stop();
  await writeFile(path.join(folder, 'postgres/postmaster.pid'), `${process.pid}\n`);
  await start(folder);
});

test('what is no folder, and what holds no data of ours, is refused in one sentence', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(start(file)).rejects.toThrow(/^The data folder .*file is of no use: it is not a folder; .*\.$/);
  await mkdir(path.join(folder, 'postgres'));
  await expect(start(folder)).rejects.toThrow(/is not a folder of PostgreSQL data; choose another data folder\.$/);
});

test('data of another PostgreSQL is refused in one sentence', async () => {
  await mkdir(path.join(folder, 'postgres'));
  await writeFile(path.join(folder, 'postgres/PG_VERSION'), '13\n');
  await expect(start(folder)).rejects.toThrow(/holds data of PostgreSQL 13, and this build brings 18/);
});

test('a start that was cut off while it made the folder is made up for', async () => {
  await mkdir(path.join(folder, 'postgres.new/base'), { recursive: true });
  const { url } = await start(folder);
  expect(await query(url, 'select 1 as it')).toEqual([{ it: 1 }]);
});

test("a folder in a closed home serves its owner, root's too", async () => {
  const home = path.join(folder, 'home');
  await mkdir(home, { mode: 0o700 });
  const dataDir = path.join(home, '.data');
  const server = await start(dataDir);
  expect(await query(server.url, 'select 1 as it')).toEqual([{ it: 1 }]);
  expect((await stat(home)).mode & 0o777).toBe(0o700);
  await server.stop();
  const elsewhere = await readFile(path.join(dataDir, 'postgres-place'), 'utf8').catch(() => null);
  expect(elsewhere !== null).toBe(process.getuid?.() === 0);
  if (elsewhere !== null) await rm(elsewhere, { recursive: true });
});
