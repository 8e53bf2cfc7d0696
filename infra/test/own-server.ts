/** A PostgreSQL of one test's own, as production runs it (it waits for the disk), to be killed or put back to a backup. */
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../../migrations/migrate.ts';
import { hostUrl } from '../../migrations/roles.ts';
import { type Postgres, startPostgres } from '../postgres/embedded.ts';

const RECOVERY_MS_MAX = 20_000;

export class OwnServer {
  readonly #folder: string;
  #settings: Readonly<Record<string, string>> = {};
  #postgres: Postgres | null = null;
  #pools: readonly [admin: pg.Pool, host: pg.Pool] | null = null;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A migrated server that runs. */
  static async create(): Promise<OwnServer> {
    const server = new OwnServer(await makeFolder());
    await server.start();
    const client = await server.admin.connect();
    await migrate(client as unknown as pg.Client, { hostPassword: server.#running().hostPassword });
    client.release();
    return server;
  }

  /** Connections of the superuser. */
  get admin(): pg.Pool {
    if (!this.#pools) throw new Error('the server does not run');
    return this.#pools[0];
  }

  /** Connections of the hosts' role. */
  get host(): pg.Pool {
    if (!this.#pools) throw new Error('the server does not run');
    return this.#pools[1];
  }

  /** Where the hosts' role connects. */
  get hostUrl(): string {
    const { url, hostPassword } = this.#running();
    return hostUrl(url, hostPassword);
  }

  async start(): Promise<void> {
    this.#postgres = await patiently(() => startPostgres({ dataDir: this.#folder, settings: this.#settings }));
    await this.reconnect();
  }

  /** A hot standby of this server, which runs and replays what happens here. */
  async follow(): Promise<OwnServer> {
    const standby = new OwnServer(await makeFolder());
    const session = await this.admin.connect();
    await session.query(`select pg_backup_start('standby', true)`);
    await copyTree(this.#cluster, standby.#cluster);
    const { rows } = await session.query('select labelfile from pg_backup_stop()');
    session.release();
    await cp(path.join(this.#folder, 'postgres-passwords'), path.join(standby.#folder, 'postgres-passwords'));
    await rm(path.join(standby.#cluster, 'postmaster.pid'));
    const { uid, gid } = await stat(this.#cluster);
    for (const [name, text] of [
      ['backup_label', rows[0].labelfile],
      ['standby.signal', ''],
    ] as const) {
      await writeFile(path.join(standby.#cluster, name), text);
      await chown(path.join(standby.#cluster, name), uid, gid);
    }
    const { username, password, hostname, port } = new URL(this.#running().url);
    standby.#settings = { primary_conninfo: `host=${hostname} port=${port} user=${username} password=${password}` };
    await standby.start();
    return standby;
  }

  /** New connections in place of those that a killed server or a recovery ended. */
  async reconnect(): Promise<void> {
    await this.#leave();
    const open = (connectionString: string) => {
      const pool = new pg.Pool({ connectionString });
      // The query that waits on a connection hears of its end as well, and that is where it matters.
      pool.on('error', () => undefined);
      return pool;
    };
    const pools = [open(this.#running().url), open(this.hostUrl)] as const;
    this.#pools = pools;
    await patiently(() => pools[0].query('select'));
  }

  /** Stops cleanly. */
  async stop(): Promise<void> {
    await this.#leave();
    await this.#postgres?.stop();
    this.#postgres = null;
  }

  /** Kills the server and, for `everything`, all its processes, as a power cut would. */
  async kill(what: 'postmaster' | 'everything'): Promise<void> {
    const pid = Number.parseInt(await readFile(path.join(this.#cluster, 'postmaster.pid'), 'utf8'), 10);
    const children = what === 'everything' ? await childrenOf(pid) : [];
    for (const one of [pid, ...children]) kill(one);
    await this.#postgres?.stop();
    this.#postgres = null;
  }

  /** Ends our own connections, which a killed server leaves half open. */
  async #leave(): Promise<void> {
    const pools = this.#pools ?? [];
    this.#pools = null;
    await Promise.all(pools.map((pool) => pool.end()));
  }

  /** Copies the data folder of the stopped server aside. */
  async backup(): Promise<string> {
    const copy = `${this.#cluster}.backup`;
    await copyTree(this.#cluster, copy);
    return copy;
  }

  /** Puts a backup in the place of the stopped server's data. */
  async restore(copy: string): Promise<void> {
    await rm(this.#cluster, { recursive: true });
    await copyTree(copy, this.#cluster);
  }

  async remove(): Promise<void> {
    if (this.#postgres) await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #cluster(): string {
    return path.join(this.#folder, 'postgres');
  }

  #running(): Postgres {
    if (!this.#postgres) throw new Error('the server does not run');
    return this.#postgres;
  }
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-own-'));
  await chmod(folder, 0o711);
  return folder;
}

/** Tries until it works: a recovery takes a while, and orphans of a killed server hold on to its memory. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + RECOVERY_MS_MAX;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Ends one process at once; it may be gone already. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(
    processes.map((one) => readFile(`/proc/${one}/stat`, 'utf8').then(parentIn, () => null)),
  );
  return processes.filter((_, i) => parents[i] === pid).map(Number);
}

/** The fourth field; the second is the program's name in brackets and may hold anything. */
const parentIn = (stat: string) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);

/** The owner too: the server refuses to start on a folder that is not its account's. */
async function copyTree(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
  const { uid, gid } = await stat(from);
  for (const name of ['', ...(await readdir(to, { recursive: true }))]) await chown(path.join(to, name), uid, gid);
  await chmod(to, 0o700);
}
